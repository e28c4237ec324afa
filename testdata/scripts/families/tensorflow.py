"""Functions of TensorFlow called on tensors of tf.keras: several of one kind in a model, an output each.

Many functions are made of others; those reach the file as the others. ``whole`` makes them one layer, as the
versions before 2.15 did, whose files hold it so.
"""

import zlib

import numpy as np

from case_writer import Case
from generation import KERAS2, keras

if KERAS2:
    import tensorflow as tf
    from keras.src.layers.core.tf_op_layer import TFOpLambda

MATRIX = (4, 3)
IMAGE = (6, 7, 4)
NOT_READ = {"keras2": "tf.keras writes arguments (arrays, types) that it cannot read back."}


def whole(function, *args, **kwargs):
    return TFOpLambda(function)(*args, **kwargs)


def kernel(*shape):
    """A constant of random numbers, the same in every run."""
    rng = np.random.default_rng(zlib.crc32(repr(shape).encode()))
    return rng.normal(0, 0.5, shape).astype("float32")


def data(shape, dtype, rng, batch):
    sizes = [batch, *(6 if size is None else size for size in shape)]
    if dtype == "float32":
        return rng.normal(0, 1.3, sizes).astype(dtype)
    return rng.integers(1, 5, sizes).astype(dtype)


def row(name, why, shapes, outputs, dtypes=None, **more):
    """A case whose model takes inputs a, b, c... and gives the list that ``outputs`` makes of them."""
    types = dtypes or ["float32"] * len(shapes)

    def build():
        inputs = [keras.Input(shape, name="abcdef"[i], dtype=types[i]) for i, shape in enumerate(shapes)]
        return keras.Model(inputs, outputs(*inputs))

    def inputs(rng, batch):
        return [data(shape, dtype, rng, batch) for shape, dtype in zip(shapes, types)]

    return Case(
        name=name, why=why, build=build, inputs=inputs, generations=("keras2",), any_output=True, **more
    )


def positive(x):
    return tf.abs(x) + 0.1


ELEMENTWISE = [
    row(
        "operators",
        "Arithmetic with tensors and numbers, which also stand on the left.",
        [MATRIX, MATRIX],
        lambda a, b: [
            2.0 - a,
            1 / positive(a),
            2.0 ** b,
            a + [1.0, 2.0, 3.0],
            np.ones(3, "float32") * a,
            3 // positive(a),
            5 % positive(b),
            -a,
            abs(b),
            a ** 2,
            a / positive(b),
        ],
    ),
    row(
        "comparisons",
        "Comparisons and logic.",
        [MATRIX, MATRIX],
        lambda a, b: [
            a > 0.5,
            a >= b,
            a < b,
            a <= 0,
            tf.equal(a, b),
            tf.not_equal(a, b),
            (a > 0) & (b > 0),
            (a > 0) | (b > 0),
            ~(a > 0),
            tf.math.logical_xor(a > 0, b > 0),
        ],
        v3=True,
    ),
    row(
        "whole_numbers",
        "Whole numbers keep their type but where they are divided.",
        [(5,), (5,)],
        lambda a, b: [
            a + b,
            a * b - 3,
            a // b,
            a % b,
            a / b,
            tf.truediv(a, 2),
            tf.maximum(a, 3),
            tf.pow(b, 2),
            tf.reduce_sum(a, 1),
            tf.reduce_prod(b, 1),
            tf.compat.v1.div(a, b),
        ],
        dtypes=["int32", "int32"],
    ),
    row(
        "functions_of_one",
        "Functions of one number.",
        [MATRIX],
        lambda a: [
            *[getattr(tf.math, name)(a) for name in "ceil cos erf exp expm1 floor log_sigmoid round".split()],
            *[getattr(tf.math, name)(a) for name in "sign sinh softplus square tan tanh atan asinh".split()],
            *[getattr(tf.math, name)(positive(a)) for name in "log log1p rsqrt sqrt reciprocal".split()],
            tf.math.reciprocal_no_nan(tf.nn.relu(a)),
            tf.math.acos(a / 9),
            tf.math.atanh(a / 9),
            tf.stop_gradient(tf.identity(a)),
        ],
    ),
    row(
        "functions_of_two",
        "Functions of two numbers, some of which end at zero.",
        [MATRIX, MATRIX],
        lambda a, b: [
            tf.math.atan2(a, b),
            tf.math.divide_no_nan(a, tf.nn.relu(b)),
            tf.math.multiply_no_nan(a, tf.nn.relu(b)),
            tf.math.squared_difference(a, b),
            tf.math.xlogy(tf.nn.relu(a), positive(b)),
            tf.math.xdivy(tf.nn.relu(a), positive(b)),
            tf.math.xlog1py(a, positive(b)),
            tf.math.add_n([a, b, a]),
            tf.math.scalar_mul(2.0, a),
            tf.truncatemod(a, positive(b)),
            tf.clip_by_value(a, b, b + 1),
            tf.clip_by_value(a, [-1.0, 0.0, 1.0], [0.0, 1.0, 2.0]),
            tf.where(a > 0, 1.0, b),
        ],
        v3=True,
    ),
    row(
        "half_precision",
        "Arrays in the file take the type of the tensors beside them.",
        [MATRIX],
        lambda a: [
            tf.cast(a, "float16") + [0.1, 0.2, 0.3],
            tf.where(tf.cast(a, "float16") > 0, tf.cast(a, "float16"), [1.0, 2.0, 3.0]),
            tf.reduce_mean(tf.cast(a, "float16"), 1),
        ],
        atol=2e-3,
    ),
]

ALONG_AXES = [
    row(
        "reductions",
        "Reductions along axes.",
        [MATRIX],
        lambda a: [
            tf.reduce_mean(a),
            tf.reduce_sum(a, [1, 2], keepdims=True),
            tf.reduce_max(a, [0, 2]),
            tf.reduce_min(a, 1),
            tf.reduce_prod(a, 1),
            tf.reduce_any(a > 1, 1),
            tf.reduce_all(a > -1, 2),
            whole(tf.math.reduce_variance, a, axis=1),
            whole(tf.math.reduce_std, a, axis=2, keepdims=True),
            tf.math.reduce_logsumexp(a, 1),
            whole(tf.math.reduce_euclidean_norm, a, axis=1),
            tf.math.count_nonzero(a > 0, 1),
            tf.math.zero_fraction(tf.nn.relu(a)),
            tf.compat.v1.reduce_sum(a, reduction_indices=1),
            tf.compat.v1.reduce_mean(a, axis=1, keep_dims=True),
        ],
    ),
    row(
        "norms",
        "Norms, moments, and what is divided by them.",
        [MATRIX],
        lambda a: [
            whole(tf.math.l2_normalize, a, axis=1),
            whole(tf.norm, a, axis=1),
            whole(tf.norm, a, ord=1, axis=2, keepdims=True),
            whole(tf.norm, a, ord=3.0, axis=2),
            tf.norm(a, axis=[1, 2]),
            *whole(tf.nn.moments, a, axes=[1]),
            *tf.nn.moments(a, [1, 2], keepdims=True),
            whole(tf.clip_by_norm, a, clip_norm=1.5, axes=[1]),
            *whole(tf.linalg.normalize, a, axis=1),
            tf.nn.l2_loss(a),
        ],
        v3=True,
    ),
    row(
        "order",
        "Sorting, and places of the largest.",
        [(8,), MATRIX],
        lambda a, b: [
            tf.argmax(b, 1),
            tf.argmin(b, -1),
            tf.argmax(a),
            tf.argmax(b, 2, output_type=tf.int32),
            *tf.math.top_k(a, 3),
            tf.argsort(b, axis=1),
            tf.sort(a, direction="DESCENDING"),
            tf.math.in_top_k(tf.argmax(b[:, :, 0], 1), a, 5),
            tf.compat.v1.math.in_top_k(a, tf.argmax(b[:, 0], 1), 4),
        ],
    ),
    row(
        "running",
        "Running sums and products, backwards and without the element itself.",
        [MATRIX],
        lambda a: [
            tf.cumsum(a, 1),
            tf.cumsum(a, 2, exclusive=True),
            tf.cumsum(a, -1, reverse=True),
            tf.cumsum(a, 1, True, True),
            tf.math.cumprod(a, 1),
            tf.math.cumprod(a, 2, exclusive=True, reverse=True),
        ],
        v3=True,
    ),
]

SHAPES = [
    row(
        "reshaped",
        "Reshaping to computed sizes.",
        [MATRIX, (None, 3)],
        lambda a, b: [
            tf.reshape(a, (-1, 12)),
            tf.reshape(a, [tf.shape(a)[0], -1]),
            tf.reshape(b, [tf.shape(b)[0] * tf.shape(b)[1], 3]),
            tf.reshape(tf.reshape(b, [-1, 3]) * 2, [tf.shape(b)[0], tf.shape(b)[1], 3]),
            tf.transpose(a, [0, 2, 1]),
            tf.expand_dims(a, 1),
            tf.squeeze(tf.expand_dims(a, 2), 2),
            tf.shape(a),
            tf.shape(b, out_type=tf.int64),
            tf.size(b),
            tf.rank(a),
            tf.ensure_shape(a, [None, 4, 3]),
            keras.backend.batch_flatten(a),
        ],
        no_reload=NOT_READ,
    ),
    row(
        "filled",
        "Filling and repeating to computed sizes.",
        [MATRIX, (None, 3), (5,)],
        lambda a, b, c: [
            tf.fill([tf.shape(a)[0], 2], 3.5),
            tf.zeros([tf.shape(b)[1], 2]),
            tf.ones((2, tf.shape(a)[1]), dtype="int32"),
            tf.range(tf.shape(b)[1]),
            tf.range(1, tf.shape(b)[1] - 1),
            tf.broadcast_to(a[:, :1], [tf.shape(a)[0], 5, 3]),
            tf.tile(a, [1, 2, 1]),
            tf.tile(a[:, :1], [1, tf.shape(b)[1], 1]),
            tf.sequence_mask(c[:, 0], tf.shape(b)[1], dtype=tf.float32),
            tf.sequence_mask(c, 4),
            keras.backend.switch(a > 0, a, a * 2),
            tf.repeat(a, 2, axis=1),
            tf.roll(a, 1, axis=2),
            tf.reverse(a, [1]),
            tf.linspace(a[:, 0], a[:, 1], 4, axis=1),
        ],
        dtypes=["float32", "float32", "int32"],
    ),
    row(
        "joined",
        "Joining, also with arrays, and taking apart.",
        [MATRIX, MATRIX, (8,)],
        lambda a, b, c: [
            tf.concat([a, b], -1),
            tf.concat([a[0], kernel(1, 3)], 0),
            tf.stack([a, b], axis=-1),
            *tf.unstack(a, axis=1),
            *tf.split(a, 2, axis=1),
            *tf.split(c, [3, -1, 2], axis=1),
        ],
    ),
    row(
        "items",
        "Indexing with steps, new axes, an ellipsis and computed bounds.",
        [MATRIX, (None, 3), (5,)],
        lambda a, b, c: [
            a[:, 1],
            a[:, 1, ..., tf.newaxis],
            a[..., :-1],
            a[:, ::2],
            a[:, ::-1],
            a[0],
            b[:, : tf.shape(b)[1] - 1],
            b[:, -1],
            b[:, 1 : tf.shape(b)[1]],
            tf.constant(kernel(1, 20, 3))[:, : tf.shape(b)[1]] + b,
            a[:, c[0, 0] - 1],
            tf.slice(a, [0, 1, 0], [-1, 2, 3]),
            tf.strided_slice(a, [0, 1, 0], [1, 4, 2], [1, 2, 1]),
        ],
        dtypes=["float32", "float32", "int32"],
    ),
    row(
        "gathered",
        "Taking by computed indices, and telling numbers apart.",
        [MATRIX, (5,)],
        lambda a, b: [
            tf.gather(a, [0, 2], axis=1),
            tf.gather(a, tf.minimum(b, 3), axis=1, batch_dims=1),
            tf.gather(kernel(9, 2), b),
            tf.gather_nd(a, tf.stack([b[:, 0] * 0, b[:, 1] * 0 + 1], -1)),
            tf.gather_nd(a, tf.stack([b[:, :2] * 0 + 1], -1), batch_dims=1),
            tf.one_hot(b, 6),
            tf.one_hot(b, 4, on_value=2.0, off_value=-1.0, axis=1),
            tf.one_hot(b, 5, dtype="int32"),
            tf.nn.embedding_lookup(kernel(9, 2), b),
            tf.where(a > 0, a, [0.0, 1.0, 2.0]),
            tf.compat.v1.where(b[:, 0] > 2, a, a * 2),
        ],
        dtypes=["float32", "int32"],
        v3=True,
        no_reload={"keras2_v3": "tf.keras takes the rows of the table for tables of their own."},
    ),
    row(
        "rows_of_tables",
        "Taking rows by tuples of indices, by an index for each place, and by the size of another tensor.",
        [MATRIX, (5,), (None, 3)],
        lambda a, b, c: [
            tf.gather_nd(a, tf.stack([b[:, 0] * 0, b[:, 1] * 0 + 1, b[:, 2] * 0 + 2], -1)),
            tf.gather(a, tf.minimum(b, 3), axis=1, batch_dims=1),
            c + tf.constant(kernel(20, 3))[: tf.shape(c)[1]],
            tf.tile(a[:, :1], [1, tf.shape(c)[1], 1]) + c,
            c * tf.cast(tf.range(tf.shape(c)[1]), "float32")[:, tf.newaxis],
            c / tf.cast(tf.shape(c)[1], "float32"),
            tf.one_hot(b, 4, on_value=2.0, off_value=-1.0, axis=1),
            tf.sort(a, axis=1, direction="DESCENDING"),
        ],
        dtypes=["float32", "int32", "float32"],
    ),
    row(
        "types_and_margins",
        "Casts and padding.",
        [MATRIX, MATRIX],
        lambda a, b: [
            tf.cast(a, tf.int32),
            tf.cast(b, tf.float32) / 255.0,
            tf.compat.v1.to_float(b),
            tf.saturate_cast(a * 200, tf.uint8),
            tf.cast(a, "float64"),
            tf.pad(a, [[0, 0], [1, 1], [0, 2]]),
            tf.pad(a, [[0, 0], [1, 2], [2, 0]], mode="REFLECT"),
            tf.pad(a, [[0, 0], [1, 2], [2, 0]], "SYMMETRIC"),
            tf.pad(a, [[0, 0], [1, 0], [0, 0]], constant_values=-7.0),
        ],
        dtypes=["float32", "uint8"],
    ),
]

PRODUCTS = [
    row(
        "matrices",
        "Products of matrices, and parts of them.",
        [MATRIX, (3, 5), MATRIX],
        lambda a, b, c: [
            tf.matmul(a, b),
            tf.matmul(a, c, transpose_b=True),
            tf.matmul(a, c, transpose_a=True),
            a @ kernel(3, 4),
            tf.linalg.matvec(a, kernel(3)),
            tf.tensordot(a, kernel(3, 2), axes=1),
            tf.tensordot(a, kernel(4, 2), [[1], [0]]),
            tf.linalg.band_part(a, 1, 0),
            tf.linalg.diag_part(a),
            tf.linalg.trace(a),
            tf.linalg.cross(a, c),
            tf.linalg.adjoint(a),
            tf.linalg.matrix_transpose(a),
        ],
    ),
    row(
        "vectors",
        "A matrix times vectors, and a tensor whose numbers are checked.",
        [MATRIX],
        lambda a: [
            whole(tf.linalg.matvec, a, b=kernel(3)),
            whole(tf.linalg.matvec, a, b=kernel(4), transpose_a=True),
            whole(tf.debugging.check_numerics, a, message="not finite"),
        ],
        v3=True,
    ),
    row(
        "convolutions",
        "Convolutions with kernels in the file, with explicit padding and with groups.",
        [IMAGE, MATRIX],
        lambda a, b: [
            tf.nn.conv1d(b, kernel(2, 3, 5), 2, "SAME"),
            tf.nn.conv2d(a, kernel(3, 2, 4, 3), 2, "SAME"),
            tf.nn.conv2d(a, kernel(3, 2, 4, 3), [1, 2, 1, 1], "VALID"),
            tf.nn.conv2d(a, kernel(3, 3, 2, 2), 1, "SAME"),
            tf.nn.conv2d(a, kernel(3, 3, 4, 2), 1, [[0, 0], [1, 2], [0, 1], [0, 0]]),
            whole(tf.nn.convolution, a, filters=kernel(3, 2, 4, 2), strides=[1, 2], padding="SAME"),
            tf.nn.depthwise_conv2d(a, kernel(3, 3, 4, 1), [1, 2, 2, 1], "VALID"),
            tf.nn.separable_conv2d(a, kernel(3, 3, 4, 1), kernel(1, 1, 4, 2), [1, 1, 1, 1], "SAME"),
        ],
    ),
    row(
        "pools",
        "Pools, biases and normalization.",
        [IMAGE, MATRIX],
        lambda a, b: [
            tf.nn.max_pool2d(a, [3, 2], [2, 1], "SAME"),
            tf.nn.avg_pool2d(a, 3, 2, "SAME"),
            tf.nn.avg_pool2d(a, [1, 2, 2, 1], [1, 2, 2, 1], "VALID"),
            tf.nn.max_pool1d(b, 2, 1, "SAME"),
            tf.nn.bias_add(b, [1.0, 2.0, 3.0]),
            whole(
                tf.nn.batch_normalization,
                b,
                mean=kernel(3),
                variance=kernel(3) ** 2 + 1,
                offset=kernel(3),
                scale=kernel(3),
                variance_epsilon=0.01,
            ),
            tf.nn.lrn(a, 2, 1.5, 0.3, 0.6),
        ],
        no_reload=NOT_READ,
    ),
    row(
        "activations",
        "Activations, with TensorFlow's defaults.",
        [MATRIX],
        lambda a: [
            tf.nn.relu6(a * 4),
            tf.nn.elu(a),
            tf.nn.selu(a),
            tf.nn.leaky_relu(a),
            tf.nn.leaky_relu(a, alpha=0.05),
            tf.nn.silu(a),
            whole(tf.nn.silu, a, beta=1.7),
            whole(tf.nn.gelu, a),
            tf.nn.gelu(a, approximate=True),
            tf.nn.softmax(a, axis=1),
            tf.nn.log_softmax(a),
            tf.nn.softsign(a),
            whole(tf.nn.crelu, a),
            keras.activations.hard_sigmoid(a),
            keras.activations.mish(a),
        ],
        v3=True,
    ),
    row(
        "losses",
        "Losses of examples, as outputs.",
        [MATRIX, MATRIX],
        lambda a, b: [
            keras.losses.binary_crossentropy(tf.sigmoid(a), tf.sigmoid(b)),
            keras.losses.categorical_crossentropy(tf.nn.softmax(a), tf.nn.softmax(b)),
            keras.losses.sparse_categorical_crossentropy(tf.argmax(b, -1), tf.nn.softmax(a)),
            tf.nn.softmax_cross_entropy_with_logits(tf.nn.softmax(a), b),
            tf.nn.sigmoid_cross_entropy_with_logits(tf.sigmoid(a), b),
            keras.losses.huber(a, b),
        ],
    ),
]

IMAGES = [
    row(
        "resized",
        "Images resized by both versions' rules.",
        [IMAGE],
        lambda a: [
            tf.image.resize(a, [9, 5]),
            tf.image.resize(a, (3, 4), method="nearest"),
            tf.image.resize(a, [3, 4], antialias=True),
            tf.compat.v1.image.resize_bilinear(a, [9, 5]),
            tf.compat.v1.image.resize_bilinear(a, [9, 5], align_corners=True),
            tf.compat.v1.image.resize_nearest_neighbor(a, [9, 5]),
            tf.compat.v1.image.resize_nearest_neighbor(a, [9, 5], align_corners=True),
            tf.compat.v1.image.resize_area(a, [3, 4]),
            tf.compat.v1.image.resize_bicubic(a, [9, 5], half_pixel_centers=True),
        ],
    ),
    row(
        "images",
        "Images turned, cut, framed and adjusted.",
        [IMAGE],
        lambda a: [
            whole(tf.image.flip_left_right, a),
            whole(tf.image.flip_up_down, a),
            whole(tf.image.rot90, a, k=3),
            whole(tf.image.transpose, a),
            whole(tf.image.adjust_brightness, a, delta=0.3),
            whole(tf.image.adjust_contrast, a, contrast_factor=1.7),
            whole(tf.image.per_image_standardization, a),
            whole(tf.image.central_crop, a, central_fraction=0.5),
            whole(
                tf.image.crop_to_bounding_box, a, offset_height=1, offset_width=2, target_height=3, target_width=4
            ),
            whole(
                tf.image.pad_to_bounding_box, a, offset_height=1, offset_width=2, target_height=9, target_width=11
            ),
            whole(tf.image.rgb_to_grayscale, a[..., :3]),
            whole(tf.image.grayscale_to_rgb, a[..., :1]),
            tf.nn.depth_to_space(a, 2),
            tf.nn.space_to_depth(a[:, :, :6], 2),
        ],
    ),
]


def heads():
    """Attention written by hand: shapes are computed, and layers with weights stand behind them."""
    source = keras.Input((None, 6), name="a")
    dense = [keras.layers.Dense(8) for _ in range(3)]

    def split(value):
        return tf.transpose(tf.reshape(value, [tf.shape(source)[0], -1, 2, 4]), [0, 2, 1, 3])

    query, key, value = [split(layer(source)) for layer in dense]
    scores = tf.matmul(query, key, transpose_b=True) / 2.0
    steps = tf.range(tf.shape(source)[1])
    scores = tf.where(steps[:, None] >= steps[None, :], scores, -1e9)
    joined = tf.transpose(tf.matmul(tf.nn.softmax(scores), value), [0, 2, 1, 3])
    joined = tf.reshape(joined, (tf.shape(source)[0], -1, 8))
    positions = keras.layers.Embedding(9, 5)(tf.range(0, tf.shape(source)[1], 1))
    return keras.Model(source, keras.layers.Dense(5)(joined) + positions)


def patches():
    """Windows of images as vectors, and rows repeated as often as another tensor is long."""
    image, row_of, other = (
        keras.Input((7, 8, 2), name="a"),
        keras.Input((4,), name="b"),
        keras.Input((None, 3), name="c"),
    )
    return keras.Model(
        [image, row_of, other],
        [
            tf.image.extract_patches(image, [1, 3, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1], "SAME"),
            tf.image.extract_patches(image, [1, 2, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1], "VALID"),
            tf.concat([tf.repeat(row_of[:, None], tf.shape(other)[1], axis=1), other], -1),
        ],
    )


def to_size_of_other():
    """An image resized to the size of another, which only a run tells."""
    small, large = keras.Input((None, None, 2), name="a"), keras.Input((None, None, 2), name="b")
    return keras.Model([small, large], tf.image.resize(small, tf.shape(large)[1:3]) + large)


def transposed():
    """Transposed convolutions say the whole shape of their result, the batch included."""
    image = keras.Input(batch_shape=(2, *IMAGE), name="a")

    def over(size, padding, *shape):
        return whole(
            tf.nn.conv2d_transpose,
            image,
            filters=kernel(*size, 3, 4),
            output_shape=[2, *shape, 3],
            strides=2,
            padding=padding,
        )

    return keras.Model(
        image, [over((3, 2), "SAME", 12, 14), over((3, 3), "SAME", 11, 13), over((3, 3), "VALID", 14, 16)]
    )


def with_losses():
    """Losses and metrics of tensors stand in the graph as layers."""
    source = keras.Input((4,), name="a")
    value = keras.layers.Dense(3)(source)
    model = keras.Model(source, value * 2.0)
    model.add_loss(tf.reduce_mean(value))
    model.add_metric(tf.reduce_sum(value), name="total")
    return model


def refused(name, why, output):
    def build():
        source = keras.Input((4, 3), name="a")
        return keras.Model(source, output(source))

    return Case(name=name, why=why, build=build, generations=("keras2",), expect="refuse")


def tokens():
    """Patches of an image with a token before them and a place added to each, as vision transformers begin."""
    image = keras.Input((6, 4, 3))
    patches = tf.image.extract_patches(image, [1, 2, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1], "VALID")
    batch = tf.shape(image)[0]
    flat = tf.reshape(patches, [batch, -1, patches.shape[-1]])
    embedded = keras.layers.Dense(5)(flat)
    token = tf.broadcast_to(tf.constant(kernel(1, 1, 5)), [batch, 1, 5])
    joined = tf.concat([token, embedded], axis=1)
    places = tf.range(start=0, limit=tf.shape(joined)[1], delta=1)
    return keras.Model(image, joined + keras.layers.Embedding(7, 5)(places))


CASES = [
    *ELEMENTWISE,
    *ALONG_AXES,
    *SHAPES,
    *PRODUCTS,
    *IMAGES,
    Case(
        name="transposed_convolutions",
        why=transposed.__doc__,
        build=transposed,
        generations=("keras2",),
        inputs=lambda rng, batch: [rng.normal(0, 1, (2, *IMAGE)).astype("float32")],
    ),
    Case(name="tokens", why=tokens.__doc__, build=tokens, generations=("keras2",)),
    Case(name="heads", why=heads.__doc__, build=heads, generations=("keras2",), v3=True),
    Case(
        name="to_size_of_other",
        why=to_size_of_other.__doc__,
        build=to_size_of_other,
        generations=("keras2",),
        inputs=lambda rng, batch: [
            rng.normal(0, 1, (batch, *size, 2)).astype("float32") for size in ((4, 5), (7, 9))
        ],
    ),
    Case(name="patches", why=patches.__doc__, build=patches, generations=("keras2",)),
    Case(name="losses_within", why=with_losses.__doc__, build=with_losses, generations=("keras2",)),
    refused("dropout_function", "Random numbers at inference, too.", lambda a: tf.nn.dropout(a, 0.3)),
    refused("boolean_mask", "The shape depends on the numbers.", lambda a: tf.boolean_mask(a, a[:, :, 0] > 0)),
    refused("segments", "The shape depends on the numbers.", lambda a: tf.math.segment_sum(a[0], [0, 0, 1, 3])),
    refused("lost_operands", "tf.keras drops the operands.", lambda a: tf.einsum("bij,bkj->bik", a, a)),
]
