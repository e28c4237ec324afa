"""Functions of keras.ops that multiply vectors and matrices, and losses."""

import numpy as np

from families.indexing import arrays, function_case, indices, normal, whole_floats
from generation import keras


def shares(*shape):
    """Positive numbers that add up to 1 along the last axis."""

    def make(rng, batch):
        numbers = rng.uniform(0.05, 1.0, (batch, *shape)).astype("float32")
        return numbers / numbers.sum(-1, keepdims=True)

    return make


CASES = [
    function_case(
        "matmul",
        "Matrices, with vectors on either side, and with axes that broadcast.",
        [(4, 5), (5, 3)],
        lambda x, y: [
            keras.ops.matmul(x, y),
            keras.ops.matmul(x, np.linspace(-1, 1, 5).astype("float32")),
            keras.ops.matmul(np.linspace(-1, 1, 4).astype("float32"), x),
        ],
    ),
    function_case(
        "matmul_whole_numbers",
        "Whole numbers are multiplied as such.",
        [(4, 5), (5, 3)],
        lambda x, y: keras.ops.matmul(x, y),
        whole_floats(-9, 9, (4, 5), (5, 3), dtype="int32"),
        dtypes=["int32", "int32"],
    ),
    function_case(
        "products",
        "dot, inner, outer, vdot, tensordot and einsum of arrays of known sizes.",
        [(2, 3, 4), (5, 4, 3), (4,)],
        lambda x, y, v: [
            keras.ops.dot(x, y),
            keras.ops.dot(x, v),
            keras.ops.inner(x, v),
            keras.ops.outer(x, v),
            keras.ops.vdot(v, v),
            keras.ops.tensordot(x, v, axes=1),
            keras.ops.tensordot(x, y, axes=[[1, 2], [2, 1]]),
            keras.ops.einsum("abc,dcb->da", x, y),
        ],
        arrays(normal(2, 3, 4), normal(5, 4, 3), normal(4)),
        first=True,
    ),
    function_case(
        "tensordot_batch",
        "Sums over axes beside a batch of unknown size.",
        [(3, 4)],
        lambda x: [
            keras.ops.tensordot(x, np.arange(8).reshape(4, 2).astype("float32"), axes=1),
            keras.ops.dot(x, np.arange(4).astype("float32")),
            keras.ops.einsum("bij,jk->bki", x, np.arange(8).reshape(4, 2).astype("float32")),
        ],
    ),
    function_case(
        "kron_cross",
        "Blocks, and products of vectors of two and three numbers.",
        [(2, 3), (4, 3), (4, 2), (4, 3), (4, 2)],
        lambda x, y, z, v, w: [
            keras.ops.kron(x, y),
            keras.ops.cross(y, v),
            keras.ops.cross(y, z),
            keras.ops.cross(z, w),
        ],
        arrays(*(normal(*shape) for shape in [(2, 3), (4, 3), (4, 2), (4, 3), (4, 2)])),
        first=True,
    ),
    function_case(
        "diagonals",
        "Diagonals taken, made and summed, also beside the main one.",
        [(4, 5), (3,)],
        lambda x, v: [
            keras.ops.diagonal(x),
            keras.ops.diagonal(x, offset=2),
            keras.ops.diagonal(x, offset=-3),
            keras.ops.diag(x, k=1),
            keras.ops.diag(v),
            keras.ops.diag(v, k=2),
            keras.ops.diag(v, k=-1),
            keras.ops.diagflat(v, k=-1),
            keras.ops.trace(x),
            keras.ops.trace(x, offset=1),
        ],
        arrays(normal(4, 5), normal(3)),
        first=True,
    ),
    function_case(
        "diagonals_batch",
        "Diagonals of matrices in a batch, between other axes.",
        [(4, 2, 5)],
        lambda x: [
            keras.ops.diagonal(x, axis1=1, axis2=3),
            keras.ops.diagonal(x, offset=-1, axis1=3, axis2=1),
        ],
    ),
    function_case(
        "norms",
        "Norms of vectors and of matrices that need no decomposition.",
        [(4, 5)],
        lambda x: [
            keras.ops.norm(x, axis=-1),
            keras.ops.norm(x, ord=1, axis=1, keepdims=True),
            keras.ops.norm(x, ord=3, axis=2),
            keras.ops.norm(x, ord=0, axis=2),
            keras.ops.norm(x, axis=(1, 2)),
            keras.ops.norm(x, ord="fro", axis=(-1, -2), keepdims=True),
            keras.ops.norm(x, ord=1, axis=(1, 2)),
            keras.ops.norm(x, ord=-1, axis=(2, 1)),
        ],
        whole_floats(-2, 3, (4, 5)),
    ),
    function_case(
        "binary_crossentropy",
        "Of probabilities, also 0 and 1, and of logits.",
        [(5,), (5,), (5,)],
        lambda target, p, logits: [
            keras.ops.binary_crossentropy(target, p),
            keras.ops.binary_crossentropy(target, logits, from_logits=True),
        ],
        arrays(
            lambda rng, batch: rng.integers(0, 2, (batch, 5)).astype("float32"),
            lambda rng, batch: np.clip(rng.uniform(-0.3, 1.3, (batch, 5)), 0, 1).astype("float32"),
            normal(5),
        ),
    ),
    function_case(
        "categorical_crossentropy",
        "Of numbers that are brought to a sum of 1, and of logits, along two axes.",
        [(3, 4), (3, 4), (3, 4)],
        lambda target, p, logits: [
            keras.ops.categorical_crossentropy(target, p),
            keras.ops.categorical_crossentropy(target, logits, from_logits=True),
            keras.ops.categorical_crossentropy(target, p, axis=1),
        ],
        arrays(shares(3, 4), lambda rng, batch: 2 * shares(3, 4)(rng, batch), normal(3, 4)),
    ),
    function_case(
        "sparse_categorical_crossentropy",
        "Targets as numbers of classes, with and without an axis of their own.",
        [(3,), (3, 1), (3, 4), (3, 4)],
        lambda target, column, p, logits: [
            keras.ops.sparse_categorical_crossentropy(target, p),
            keras.ops.sparse_categorical_crossentropy(column, logits, from_logits=True),
        ],
        arrays(indices(0, 4, 3), indices(0, 4, 3, 1), shares(3, 4), normal(3, 4)),
        dtypes=["int32", "int32", "float32", "float32"],
    ),
    function_case(
        "psnr",
        "The ratio of the peak to the noise of two images.",
        [(3, 4, 2), (3, 4, 2)],
        lambda x, y: keras.ops.psnr(x, y, 2.0),
        arrays(normal(3, 4, 2), normal(3, 4, 2)),
        first=True,
    ),
    function_case(
        "norm_spectral",
        "A norm that needs a decomposition: refused.",
        [(4, 5)],
        lambda x: keras.ops.norm(x, ord=2, axis=(1, 2)),
        expect="refuse",
    ),
    function_case(
        "triangles",
        "Triangles of matrices above and below diagonals, powers of numbers.",
        [(4, 5), (None, 3)],
        lambda x, open_sizes: [
            keras.ops.tril(x),
            keras.ops.tril(x, 2),
            keras.ops.tril(x, -1),
            keras.ops.triu(x, 1),
            keras.ops.triu(x > 0, -2),
            keras.ops.triu(open_sizes),
            keras.ops.vander(x[0, 0]),
            keras.ops.vander(x[0, 1], 4, increasing=True),
            keras.ops.vander(keras.ops.cast(3 * x[0, 2], "int32"), 3),
        ],
    ),
    function_case(
        "correlations",
        "Correlations of rows, of moving vectors, and distances of rows.",
        [(4, 5), (3, 5), (7,)],
        lambda x, y, z: [
            keras.ops.corrcoef(x[0]),
            keras.ops.corrcoef(z),
            *(keras.ops.correlate(z[0], x[0, 0], mode=mode) for mode in ("valid", "same", "full")),
            keras.ops.correlate(x[0, 0, :4], z[0], mode="same"),
            keras.ops.cdist(x, y),
            keras.ops.cdist(x[:, None], y[0]),
        ],
    ),
    function_case(
        "einsum_attention",
        "Heads of an attention: products of matrices within a batch, of sequences of any length.",
        [(None, 2, 3), (4, 2, 3)],
        lambda q, k: keras.ops.einsum(
            "bhts,bshd->bthd", keras.ops.softmax(keras.ops.einsum("bthd,bshd->bhts", q, k)), k
        ),
    ),
    function_case(
        "einsum_without_arrow",
        "The axes of the result stand in the order in which they appear.",
        [(3, 4)],
        lambda x: keras.ops.einsum("zij,jk", x, np.arange(8).reshape(4, 2).astype("float32")),
    ),
]
