"""Functions of keras.ops that sort, look up and put by index, and encode classes."""

import numpy as np

from case_writer import Case
from generation import keras


def function_case(name, why, shapes, combine, inputs=None, dtypes=None, first=False, **more):
    """A case whose model gives every result of ``combine``, a function of inputs a, b, c...

    With ``first`` it is a function of the first element of each batch, all of whose sizes are known.
    """

    def build():
        sources = [
            keras.Input(shape, name=letter, dtype=dtype)
            for letter, shape, dtype in zip("abcdef", shapes, dtypes or ["float32"] * len(shapes))
        ]
        return keras.Model(sources, combine(*(s[0] if first else s for s in sources)))

    return Case(name=name, why=why, build=build, inputs=inputs, generations=("keras3",), **more)


def whole_floats(low, high, *shapes, dtype="float32"):
    """Whole numbers, so that some are equal."""

    def make(rng, batch):
        return [rng.integers(low, high, (batch, *shape)).astype(dtype) for shape in shapes]

    return make


def arrays(*makers):
    """One array of each maker, called with the generator and the batch."""
    return lambda rng, batch: [make(rng, batch) for make in makers]


def normal(*shape):
    return lambda rng, batch: rng.normal(size=(batch, *shape)).astype("float32")


def indices(low, high, *shape):
    return lambda rng, batch: rng.integers(low, high, (batch, *shape)).astype("int32")


def given(values, dtype="int32"):
    return lambda rng, batch: np.array([values] * batch, dtype)


CASES = [
    function_case(
        "sort",
        "Sorting along axes and everything as a line; equal numbers keep their order.",
        [(4, 5)],
        lambda x: [
            keras.ops.sort(x),
            keras.ops.sort(x, axis=1),
            keras.ops.argsort(x),
            keras.ops.argsort(x, axis=1),
            keras.ops.argsort(x, axis=None),
        ],
        whole_floats(-3, 4, (4, 5)),
    ),
    function_case(
        "sort_whole_numbers",
        "Sorting int32.",
        [(7,)],
        lambda x: [keras.ops.sort(x), keras.ops.argsort(x)],
        whole_floats(-3, 4, (7,), dtype="int32"),
        dtypes=["int32"],
    ),
    function_case(
        "top_k",
        "The three largest and their places, the lower ones first among equals.",
        [(3, 8)],
        lambda x: list(keras.ops.top_k(x, 3)),
        whole_floats(-3, 4, (3, 8)),
    ),
    function_case(
        "in_top_k",
        "Whether the target is among the best two; those that are equal to the last of them are.",
        [(), (6,)],
        lambda targets, predictions: keras.ops.in_top_k(targets, predictions, 2),
        arrays(indices(0, 6), lambda rng, batch: rng.integers(0, 4, (batch, 6)).astype("float32")),
        dtypes=["int32", "float32"],
    ),
    function_case(
        "arg_extremes",
        "argmax and argmin: the first of several.",
        [(4, 5)],
        lambda x: [
            keras.ops.argmax(x, axis=-1),
            keras.ops.argmax(x, axis=1, keepdims=True),
            keras.ops.argmin(x, axis=2),
            keras.ops.argmin(x, axis=-2, keepdims=True),
            keras.ops.argmax(x),
            keras.ops.argmin(x, keepdims=True),
        ],
        whole_floats(-3, 4, (4, 5)),
    ),
    function_case(
        "search_sorted",
        "Places in a sorted sequence, from either side, and in bins.",
        [(9,)],
        lambda x: [
            keras.ops.searchsorted(np.array([-2, -1, -1, 0, 2], "float32"), x),
            keras.ops.searchsorted(np.array([-2, -1, -1, 0, 2], "float32"), x, side="right"),
            keras.ops.digitize(x, np.array([-1.5, 0.0, 1.0])),
        ],
        whole_floats(-3, 4, (9,)),
        first=True,
    ),
    function_case(
        "take",
        "Slices by written and by computed indices, negative ones from the end.",
        [(4, 5), (2, 3)],
        lambda x, where: [
            keras.ops.take(x, [2, 0, -1], axis=1),
            keras.ops.take(x, where, axis=-1),
            keras.ops.take(x, 3, axis=2),
            keras.ops.take(x, [[0, 5], [2, 1]]),
        ],
        arrays(normal(4, 5), indices(-5, 5, 2, 3)),
        dtypes=["float32", "int32"],
    ),
    function_case(
        "take_along_axis",
        "Single elements by index; axes of size 1 are repeated.",
        [(4, 5), (2, 5), (4, 1)],
        lambda x, rows, column: [
            keras.ops.take_along_axis(x, rows, axis=1),
            keras.ops.take_along_axis(x, column, axis=-1),
            keras.ops.take_along_axis(x, column, axis=1),
        ],
        arrays(normal(4, 5), indices(-4, 4, 2, 5), indices(0, 4, 4, 1)),
        dtypes=["float32", "int32", "int32"],
    ),
    function_case(
        "slice",
        "A slice from a written place and one from a computed place.",
        [(4, 5, 6), (3,)],
        lambda x, start: [
            keras.ops.slice(x, (1, 0, 2), (2, 5, 3)),
            keras.ops.slice(x, start, (2, 3, 1)),
        ],
        arrays(normal(4, 5, 6), given([2, 0, 5])),
        dtypes=["float32", "int32"],
        first=True,
    ),
    function_case(
        "slice_update",
        "Slices replaced; one that reaches beyond the end is moved inside.",
        [(4, 5, 6), (2, 5, 3)],
        lambda x, updates: [
            keras.ops.slice_update(x, (1, 0, 2), updates),
            keras.ops.slice_update(x, (0, 0, 5), updates),
        ],
        arrays(normal(4, 5, 6), normal(2, 5, 3)),
        first=True,
    ),
    function_case(
        "scatter",
        "Rows and single numbers put into zeros; what meets is added up.",
        [(4, 1), (4, 3), (4, 2), (4,)],
        lambda rows, values, places, numbers: [
            keras.ops.scatter(rows, values, (6, 3)),
            keras.ops.scatter(places, numbers, (3, 5)),
        ],
        arrays(
            given([[2], [0], [2], [5]]),
            normal(4, 3),
            given([[0, 4], [2, 1], [0, 4], [1, 0]]),
            normal(4),
        ),
        dtypes=["int32", "float32", "int32", "float32"],
        first=True,
    ),
    function_case(
        "scatter_update",
        "Rows replaced.",
        [(6, 3), (2, 1), (2, 3)],
        lambda x, where, updates: [keras.ops.scatter_update(x, where, updates)],
        arrays(normal(6, 3), given([[2], [0]]), normal(2, 3)),
        dtypes=["float32", "int32", "float32"],
        first=True,
    ),
    function_case(
        "scatter_add",
        "Rows added, some to the same.",
        [(6, 3), (4, 1), (4, 3)],
        lambda x, where, updates: keras.ops.scatter_update(x, where, updates, reduction="add"),
        arrays(normal(6, 3), given([[2], [0], [2], [5]]), normal(4, 3)),
        dtypes=["float32", "int32", "float32"],
        first=True,
    ),
    function_case(
        "scatter_extremes",
        "Rows compared and multiplied, some with the same. ONNX needs opset 18.",
        [(6, 3), (4, 1), (4, 3)],
        lambda x, where, updates: [
            keras.ops.scatter_update(x, where, updates, reduction=reduction)
            for reduction in ("max", "min", "mul")
        ],
        arrays(normal(6, 3), given([[2], [0], [2], [5]]), normal(4, 3)),
        dtypes=["float32", "int32", "float32"],
        first=True,
    ),
    function_case(
        "segment_sum",
        "Rows added up by their segment; one segment is empty, negative numbers belong to none.",
        [(6, 3), (6,)],
        lambda x, ids: keras.ops.segment_sum(x, ids, num_segments=5),
        arrays(normal(6, 3), given([3, 0, 3, -1, 1, 0])),
        dtypes=["float32", "int32"],
        first=True,
    ),
    function_case(
        "segment_min",
        "The smallest numbers of each segment. ONNX needs opset 18.",
        [(6, 3), (6,)],
        lambda x, ids: keras.ops.segment_min(x, ids, num_segments=4),
        arrays(normal(6, 3), given([3, 0, 2, -1, 1, 0])),
        dtypes=["float32", "int32"],
        first=True,
    ),
    function_case(
        "segment_prod",
        "The products of each segment. ONNX needs opset 16.",
        [(6, 3), (6,)],
        lambda x, ids: keras.ops.segment_prod(x, ids, num_segments=4),
        arrays(normal(6, 3), given([3, 0, 2, -1, 1, 0])),
        dtypes=["float32", "int32"],
        first=True,
    ),
    function_case(
        "conjugates",
        "Real numbers are their own conjugates.",
        [(4, 3)],
        lambda x: [keras.ops.conj(x), keras.ops.multiply(x, keras.ops.full((3,), x[0, 0, 0]))],
    ),
    function_case(
        "segment_max",
        "The largest numbers of each segment. ONNX needs opset 18.",
        [(6, 3), (6,)],
        lambda x, ids: keras.ops.segment_max(x, ids, num_segments=4),
        arrays(normal(6, 3), given([3, 0, 2, -1, 1, 0])),
        dtypes=["float32", "int32"],
        first=True,
    ),
    function_case(
        "one_hot",
        "Classes as vectors, along a new axis; no class is all zero.",
        [(4, 3)],
        lambda x: [
            keras.ops.one_hot(x, 5),
            keras.ops.one_hot(x, 5, axis=1, dtype="int32"),
            keras.ops.one_hot(x, 5, dtype="bool"),
        ],
        lambda rng, batch: [rng.integers(-1, 6, (batch, 4, 3)).astype("int32")],
        dtypes=["int32"],
    ),
    function_case(
        "multi_hot",
        "Several classes as one vector.",
        [(4,)],
        lambda x: [keras.ops.multi_hot(x, 6), keras.ops.multi_hot(x, 6, dtype="int32")],
        lambda rng, batch: [rng.integers(0, 6, (batch, 4)).astype("int32")],
        dtypes=["int32"],
    ),
    function_case(
        "segment_sum_open",
        "How many segments there are depends on the numbers: refused.",
        [(6, 3), (6,)],
        lambda x, ids: keras.ops.segment_sum(x, ids),
        arrays(normal(6, 3), given([3, 0, 3, 2, 1, 0])),
        dtypes=["float32", "int32"],
        first=True,
        expect="refuse",
    ),
    function_case(
        "slice_update_computed",
        "A slice that is put at a computed place, and beyond the end.",
        [(4, 5), (2, 3), (2,)],
        lambda x, updates, start: [
            keras.ops.slice_update(x, start, updates),
            keras.ops.slice_update(x, start + 2, updates),
        ],
        arrays(normal(4, 5), normal(2, 3), given([1, 2])),
        dtypes=["float32", "float32", "int32"],
        first=True,
    ),
]
