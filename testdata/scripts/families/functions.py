"""Functions of keras.ops called on tensors: several of one kind in a model, an output each."""

import numpy as np

from building import integers
from case_writer import Case
from generation import KERAS2, keras

ops = None if KERAS2 else keras.ops

MIXED = (4, 3, 2)


def sources(shapes, dtypes):
    names = "abcdef"
    dtypes = dtypes or ["float32"] * len(shapes)
    return [keras.Input(shape, name=names[i], dtype=dtypes[i]) for i, shape in enumerate(shapes)]


def function_case(name, why, shapes, outputs, dtypes=None, **more):
    """A case whose model takes inputs a, b, c... and gives the list that ``outputs`` makes of them."""

    def build():
        inputs = sources(shapes, dtypes)
        return keras.Model(inputs, outputs(*inputs))

    return Case(name=name, why=why, build=build, generations=("keras3",), any_output=True, **more)


def each(*names):
    """The functions of those names, of the same tensors."""
    return lambda *tensors: [getattr(ops, name)(*tensors) for name in names]


def uniform(low, high, *shapes):
    return lambda rng, batch: [rng.uniform(low, high, (batch, *shape)).astype("float32") for shape in shapes]


def special(*shapes):
    """Floats among which are zeros of both signs, infinities and NaN."""

    def make(rng, batch):
        arrays = []
        for shape in shapes:
            array = rng.normal(0, 2, (batch, *shape)).astype("float32")
            places = rng.permutation(array.size)
            for value, place in zip([0.0, -0.0, np.inf, -np.inf, np.nan, np.nan, 1.0], places):
                array.flat[place] = value
            arrays.append(array)
        return arrays

    return make


def halves(*shapes):
    """Multiples of a half, so that ties, zeros and equal elements occur."""
    return lambda rng, batch: [(rng.integers(-7, 8, (batch, *shape)) / 2).astype("float32") for shape in shapes]


def no_zeros(low, high, *shapes, dtype="int32"):
    def make(rng, batch):
        first = rng.integers(low, high, (batch, *shapes[0])).astype(dtype)
        rest = []
        for shape in shapes[1:]:
            drawn = rng.integers(low, high, (batch, *shape)).astype(dtype)
            rest.append(np.where(drawn == 0, np.array(3, dtype), drawn))
        return [first, *rest]

    return make


def scalars(a, i):
    return [
        a + 2,
        2.5 - a,
        a * True,
        1 / a,
        i / 2,
        7 // i,
        i % 4,
        i + 0.5,
        3 - i,
        ops.power(i, 2),
        ops.power(2.0, a),
        ops.maximum(i, 1),
        ops.add(a, np.arange(3, dtype="float32")),
        ops.multiply(i, np.array([1, 2, 3])),
    ]


ELEMENTWISE = [
    function_case(
        "trigonometric",
        "Angles and back.",
        [(4, 3)],
        each("sin", "cos", "tan", "arctan", "arcsin", "arccos", "deg2rad", "rad2deg", "sinc"),
        inputs=uniform(-1, 1, (4, 3)),
    ),
    function_case(
        "hyperbolic",
        "Hyperbolic functions and back.",
        [(4, 3)],
        lambda a: [*each("sinh", "cosh", "tanh", "arcsinh", "arctanh")(a), ops.arccosh(a + 2.5)],
        inputs=uniform(-0.95, 0.95, (4, 3)),
    ),
    function_case(
        "powers_and_logarithms",
        "Roots, powers and logarithms of positive numbers.",
        [(4, 3)],
        each("exp", "exp2", "expm1", "log", "log10", "log1p", "log2", "sqrt", "rsqrt", "square", "reciprocal"),
        inputs=uniform(0.01, 3, (4, 3)),
    ),
    function_case(
        "signs",
        "Functions that look at the sign.",
        [(4, 3)],
        lambda a: [
            *each("abs", "absolute", "fabs", "negative", "sign", "signbit", "cbrt", "erf", "angle", "real", "imag")(a),
            *each("conj", "conjugate", "isreal")(a),
        ],
        inputs=halves((4, 3)),
    ),
    function_case(
        "rounding",
        "Rounding in every direction, to digits, ties to even.",
        [(4, 3)],
        lambda a: [
            *each("floor", "ceil", "trunc", "round")(a),
            ops.round(a * 1.037, 1),
            ops.round(a * 37, -1),
            ops.clip(a, -1.2, 2),
            ops.nan_to_num(a),
        ],
        inputs=halves((4, 3)),
    ),
    function_case(
        "not_numbers",
        "NaN, infinities and zeros of both signs.",
        [MIXED],
        lambda a: [
            *each("isnan", "isinf", "isfinite", "isposinf", "isneginf", "signbit")(a),
            ops.nan_to_num(a),
            ops.nan_to_num(a, nan=1.5, posinf=7.0, neginf=-8.0),
        ],
        inputs=special(MIXED),
    ),
    function_case(
        "not_numbers_pairs",
        "Two operands with NaN, infinities and zeros.",
        [MIXED, MIXED],
        lambda a, b: [
            ops.fmax(a, b),
            ops.fmin(a, b),
            ops.logaddexp(a, b),
            ops.logaddexp2(a, b),
            ops.isclose(a, b, rtol=0.3),
            ops.isclose(a, b, rtol=0.3, atol=0.1, equal_nan=True),
            ops.maximum(a, b),
            ops.minimum(a, b),
            ops.heaviside(a, b),
        ],
        inputs=special(MIXED, MIXED),
    ),
    function_case(
        "arithmetic_pairs",
        "Two operands that broadcast, divisors of both signs.",
        [(4, 3), (1, 3)],
        lambda a, b: [
            *each("add", "subtract", "multiply", "divide", "true_divide", "floor_divide", "mod", "fmod")(a, b),
            *each("arctan2", "hypot", "divide_no_nan", "maximum", "minimum")(a, b),
            ops.power(ops.abs(a) + 0.1, b),
        ],
        inputs=no_zeros(-7, 8, (4, 3), (1, 3), dtype="float32"),
    ),
    function_case(
        "comparisons",
        "Comparisons and logic.",
        [(4, 3), (4, 1)],
        lambda a, b: [
            *each("equal", "not_equal", "less", "less_equal", "greater", "greater_equal")(a, b),
            *each("logical_and", "logical_or", "logical_xor")(a, b),
            ops.logical_not(a),
            (a > 0) & (b > 0.5),
            (a > 0) | (b > 0.5),
            ~(a > 0),
            (a > 0) ^ (b > 0),
            ops.divide_no_nan(a, b),
        ],
        inputs=halves((4, 3), (4, 1)),
    ),
    function_case(
        "integers",
        "Whole numbers, of both signs.",
        [(4, 3), (4, 3)],
        lambda a, b: [
            *each("add", "subtract", "multiply", "divide", "floor_divide", "mod", "fmod", "maximum")(a, b),
            *each("abs", "negative", "sign", "square", "exp", "floor", "trunc", "round", "signbit")(a),
            ops.power(a, ops.abs(b)),
            ops.hypot(a, b),
            ops.isclose(a, b),
        ],
        dtypes=["int32", "int32"],
        inputs=no_zeros(-5, 6, (4, 3), (4, 3)),
    ),
    function_case(
        "bits",
        "Bits and shifts.",
        [(4, 3), (4, 3)],
        lambda a, b: [
            *each("bitwise_and", "bitwise_or", "bitwise_xor")(a, b),
            *each("bitwise_invert", "bitwise_not")(a),
            ops.bitwise_left_shift(a, ops.abs(b) % 4),
            ops.bitwise_right_shift(a, ops.abs(b) % 4),
            ops.left_shift(a, 2),
            ops.right_shift(a, 1),
            ops.ldexp(ops.cast(a, "float32"), b),
        ],
        dtypes=["int32", "int32"],
        inputs=integers(-9, 10, (4, 3), (4, 3)),
    ),
    function_case(
        "promotion",
        "Operands of several types.",
        [(3,), (3,), (3,), (3,)],
        lambda a, i, s, f: [
            a + i,
            i + s,
            s + f,
            i * f,
            a + s,
            s + 1,
            s + 1.5,
            s > 0.5,
            ops.where(a > 0, s, i),
            ops.where(i > 0, f, 1),
            ops.maximum(s, i),
            ops.divide(s, 2),
            ops.concatenate([s, i, a], axis=-1),
            ops.stack([i, a], axis=1),
        ],
        dtypes=["float32", "int32", "int8", "float16"],
        inputs=lambda rng, batch: [
            rng.normal(size=(batch, 3)).astype("float32"),
            rng.integers(-9, 9, (batch, 3)).astype("int32"),
            rng.integers(-9, 9, (batch, 3)).astype("int8"),
            rng.normal(size=(batch, 3)).astype("float16"),
        ],
    ),
    function_case(
        "scalars",
        "Numbers and arrays written into the model.",
        [(3,), (3,)],
        scalars,
        dtypes=["float32", "int32"],
        inputs=no_zeros(-7, 8, (3,), (3,), dtype="float32"),
    ),
    function_case(
        "choices",
        "Where, select and their conditions.",
        [(4, 3), (4, 3)],
        lambda a, b: [
            ops.where(a > b, a, b),
            ops.where(a > 0, 1, 0),
            ops.where(a, b, 0.5),
            ops.select([a > 1, b > 0], [a, b * 2], default=-1),
            ops.select([a > 1, b > 0], [a, b]),
            ops.isin(a, np.array([0.5, -1.0, 2.0], "float32")),
            ops.isin(a, b[0], invert=True),
            *ops.unravel_index(ops.cast(ops.ravel(ops.abs(a)), "int32"), (3, 2, 2)),
        ],
        inputs=halves((4, 3), (4, 3)),
    ),
]

REDUCTIONS = [
    function_case(
        "reductions",
        "Every reduction along an axis, along two, along all.",
        [MIXED],
        lambda a: [
            *(
                getattr(ops, name)(a, axis=axis, keepdims=keep)
                for name in ("sum", "mean", "max", "min", "amax", "amin", "prod", "std", "var", "logsumexp", "ptp")
                for axis, keep in ((1, False), ((1, -1), True))
            ),
            ops.sum(a),
            ops.max(a, axis=2, initial=0.7),
            ops.min(a, axis=2, initial=-0.2),
        ],
    ),
    function_case(
        "reductions_logical",
        "All, any and counts.",
        [MIXED],
        lambda a: [
            ops.all(a, axis=-1),
            ops.any(a, axis=1, keepdims=True),
            ops.any(a > 3),
            ops.all(a > 3, axis=(1, 2)),
            ops.count_nonzero(a, axis=1),
            ops.count_nonzero(a),
            ops.sum(a > 0, axis=2),
            ops.max(a > 0, axis=2),
            ops.min(a > 0, axis=2),
            ops.mean(a > 0, axis=1),
            ops.prod(a > -9, axis=1),
        ],
        inputs=halves(MIXED),
    ),
    function_case(
        "reductions_integers",
        "Sums and products of whole numbers.",
        [MIXED, MIXED],
        lambda a, b: [
            *each("sum", "mean", "max", "std", "var")(a),
            ops.prod(a, axis=(1, 2)),
            ops.sum(b, axis=1),
            ops.mean(b, axis=1),
            ops.max(b, axis=1),
            ops.prod(b, axis=-1),
            ops.trapezoid(a, axis=1),
            ops.cumsum(a, axis=1),
            ops.cumprod(a, axis=2),
        ],
        dtypes=["int32", "int8"],
        inputs=lambda rng, batch: [
            rng.integers(1, 3, (batch, *MIXED)).astype("int32"),
            rng.integers(-100, 100, (batch, *MIXED)).astype("int8"),
        ],
    ),
    function_case(
        "reductions_without_nan",
        "Reductions that leave NaN out.",
        [MIXED],
        lambda a: [
            *(
                getattr(ops, name)(a, axis=axis, keepdims=keep)
                for name in ("nansum", "nanmean", "nanmax", "nanmin", "nanprod", "nanstd", "nanvar")
                for axis, keep in ((1, False), ((1, 2), True), (-1, False))
            ),
            ops.nancumsum(a, axis=1),
            ops.nancumprod(a, axis=2),
        ],
        inputs=lambda rng, batch: [np.where(rng.random((batch, *MIXED)) < 0.4, np.nan, rng.normal(size=(batch, *MIXED))).astype("float32")],
    ),
    function_case(
        "quantiles",
        "Medians, quantiles and percentiles in every method.",
        [MIXED],
        lambda a: [
            ops.median(a, axis=1),
            ops.median(a, axis=(1, 2), keepdims=True),
            ops.quantile(a, 0.3, axis=1),
            ops.quantile(a, [0.0, 0.25, 0.7, 1.0], axis=1),
            ops.quantile(a, [0.25, 0.7], axis=(1, -1), keepdims=True),
            ops.quantile(a, [0.4, 0.9], axis=1, method="lower"),  # Keras 3.15 leaves the method out
            *(ops.percentile(a, [40, 90], axis=1, method=m) for m in ("lower", "higher", "nearest", "midpoint")),
            ops.percentile(a, 40, axis=2),
            ops.percentile(a, [10.0, 90.0], axis=1),
        ],
    ),
    function_case(
        "averages",
        "Averages with and without weights, running sums and products.",
        [MIXED, MIXED],
        lambda a, b: [
            ops.average(a, axis=1),
            ops.average(a, axis=1, weights=b),
            ops.average(a, axis=2, weights=np.array([1.0, 3.0, 0.5], "float32")),
            ops.average(a, weights=b),
            ops.cumsum(a, axis=1),
            ops.cumsum(a, axis=-1, dtype="float64"),
            ops.cumprod(a, axis=1),
            ops.cumsum(a),
            ops.allclose(a, b),
            ops.allclose(a, a),
            ops.trapezoid(a, axis=2, dx=0.3),
            ops.trapezoid(a, x=[0.0, 2.0]),
        ],
        inputs=uniform(0.5, 2, MIXED, MIXED),
    ),
]

SHAPES = [
    function_case(
        "shapes",
        "Functions that change the shape only.",
        [MIXED],
        lambda a: [
            ops.reshape(a, (-1, 6, 4)),
            ops.reshape(a, (-1,)),
            ops.ravel(a),
            ops.expand_dims(a, 1),
            ops.expand_dims(a, (0, -1)),
            ops.squeeze(ops.expand_dims(a, 2)),
            ops.squeeze(ops.expand_dims(a, 2), 2),
            ops.squeeze(ops.expand_dims(a, (1, 2)), (1, 2)),
            ops.transpose(a),
            ops.transpose(a, (0, 3, 1, 2)),
            ops.swapaxes(a, 1, -1),
            ops.moveaxis(a, 1, 3),
            ops.moveaxis(a, (0, 3), (2, 0)),
            ops.size(a),
            ops.ndim(a),
            ops.broadcast_to(ops.sum(a), (2, 3)),
        ],
    ),
    function_case(
        "turned_and_moved",
        "Flips, turns, rolls and differences.",
        [MIXED],
        lambda a: [
            ops.flip(a),
            ops.flip(a, axis=2),
            ops.flip(a, axis=(0, -1)),
            ops.fliplr(a),
            ops.flipud(a),
            *(ops.rot90(a, k=k, axes=(1, 2)) for k in (1, 3, 4)),
            ops.rot90(a[:, :3], k=2, axes=(1, 2)),
            ops.rot90(a, axes=(3, 1)),
            ops.roll(a, 1, axis=1),
            ops.roll(a, -5, axis=2),
            ops.roll(a, (1, 2), axis=(1, 2)),
            ops.diff(a, axis=1),
            ops.diff(a, n=2, axis=2),
            ops.diff(a > 0),
        ],
    ),
    function_case(
        "repeated",
        "Repeats, tiles and padding in every mode.",
        [MIXED],
        lambda a: [
            ops.repeat(a, 3, axis=1),
            ops.repeat(a, 2, axis=0),
            ops.repeat(a, 2),
            ops.repeat(a, [1, 0, 3], axis=2),
            ops.tile(a, (1, 2, 1, 3)),
            ops.tile(a, (2, 1, 1, 1, 1)),
            ops.tile(a, 2),
            ops.pad(a, ((0, 0), (1, 2), (0, 1), (2, 0))),
            ops.pad(a, ((1, 0), (1, 1), (0, 0), (0, 2)), constant_values=1.5),
            ops.pad(a, ((0, 0), (2, 3), (1, 0), (0, 1)), mode="reflect"),
            ops.pad(a, ((0, 0), (2, 3), (1, 0), (2, 1)), mode="symmetric"),
        ],
    ),
    function_case(
        "joined",
        "Tensors joined.",
        [(3, 4), (3, 4), (3, 2)],
        lambda a, b, c: [
            ops.concatenate([a, c], axis=-1),
            ops.append(a, c, axis=2),
            ops.append(a, b),
            ops.stack([a, b]),
            ops.stack([a, b, a], axis=-1),
            ops.hstack([a, b]),
            ops.vstack([a, b]),
            ops.dstack([a, c]),
            ops.dstack([a[0], b[0]]),
            *ops.meshgrid(a[0, 0], c[0, 0], b[0, 1]),
            *ops.meshgrid(a[0, 0], c[0, 0], indexing="ij"),
        ],
    ),
    function_case(
        "split",
        "Tensors taken apart.",
        [(6, 4)],
        lambda a: [
            *ops.split(a, 3, axis=1),
            *ops.split(a, [1, 3], axis=-1),
            *ops.array_split(a, 4, axis=1),
            *ops.unstack(a, axis=2),
            *ops.hsplit(a, 2),
            *ops.dsplit(a, [1]),
            *ops.vsplit(a[0], 3),
            ops.slice(a, (0, 1, 2), (2, 4, 1)),
        ],
    ),
    function_case(
        "filled",
        "Tensors filled or handed on.",
        [(3, 4)],
        lambda a: [
            ops.zeros_like(a),
            ops.ones_like(a, dtype="int32"),
            ops.full_like(a, 2.5),
            ops.full_like(a, 7, dtype="int64"),
            ops.cast(a, "int32"),
            ops.cast(a, "bool"),
            ops.cast(a > 0, "float16"),
            ops.saturate_cast(a * 100, "uint8"),
            ops.saturate_cast(a * 100, "int8"),
            ops.stop_gradient(a) + ops.copy(a),
            ops.linspace(a[0], a[1] + 3, num=5, axis=0),
            ops.linspace(a, 2.0, num=4, endpoint=False, axis=-1),
            ops.logspace(0.0, a, num=3),
            ops.geomspace(ops.abs(a) + 1, 8.0, num=4),
        ],
        inputs=halves((3, 4)),
    ),
    function_case(
        "items",
        "Indexing in every form.",
        [(5, 4, 3)],
        lambda a: [
            a[0],
            a[:, -1],
            a[:, 1:4:2, ::-1],
            a[..., 0],
            a[..., None],
            a[:, None, 2, ..., 1:],
            a[:, -2:, :-1],
            a[:, 3:0:-2],
            a[:, 4:1],
            a[-1, ..., None, 2],
        ],
    ),
    function_case(
        "open_sizes",
        "Functions along axes without a stated size.",
        [(None, 3)],
        lambda a: [
            ops.sum(a, axis=1),
            ops.mean(a, axis=(1, 2)),
            ops.flip(a, axis=1),
            ops.cumsum(a, axis=1),
            ops.repeat(a, 2, axis=1),
            ops.tile(a, (1, 3, 2)),
            ops.zeros_like(a),
            ops.size(a),
            ops.diff(a, axis=1),
            ops.logsumexp(a, axis=1),
            ops.pad(a, ((0, 0), (1, 2), (0, 0))),
            ops.swapaxes(a, 1, 2),
            ops.concatenate([a, a * 2], axis=1),
            ops.stack([a, a], axis=2),
            ops.nanmean(a, axis=1),
            ops.reshape(a, (-1, 3)),
            a[:, 1:-1],
            ops.meshgrid(a[0, :, 0], a[0, 0])[0],
        ],
    ),
]

FURTHER = [
    function_case(
        "special",
        "Functions that are approximated.",
        [(4, 6), (4, 6)],
        lambda a, b: [
            ops.erfc(4 * a),
            ops.erfinv(a),
            ops.erfinv(b),
            ops.i0(8 * a),
            ops.i0(ops.cast(9 * a, "int32")),
        ],
        inputs=lambda rng, batch: [
            rng.uniform(-1, 1, (batch, 4, 6)).astype("float32"),
            (rng.choice([-1, 1], (batch, 4, 6)) * (1 - 10.0 ** -rng.uniform(0, 8, (batch, 4, 6)))).astype("float32"),
        ],
    ),
    function_case(
        "saturated",
        "Casts that are limited to what the other type holds, from every kind of type.",
        [(4, 6), (4, 6), (4, 6)],
        lambda f, h, i: [
            *(ops.saturate_cast(f, dtype) for dtype in ("int32", "uint32", "int64", "float16", "bool", "int16")),
            *(ops.saturate_cast(h, dtype) for dtype in ("int32", "uint16", "uint8")),
            *(ops.saturate_cast(i, dtype) for dtype in ("int8", "uint8", "uint32", "float16", "int64")),
        ],
        dtypes=["float32", "float16", "int32"],
        inputs=lambda rng, batch: [
            (rng.choice([-1, 1], (batch, 4, 6)) * 10.0 ** rng.uniform(-1, 9, (batch, 4, 6))).astype("float32"),
            rng.uniform(-60000, 60000, (batch, 4, 6)).astype("float16"),
            rng.integers(-300000, 300000, (batch, 4, 6)).astype("int32"),
        ],
    ),
    function_case(
        "quantiles_without_nan",
        "Medians, quantiles and percentiles that leave NaN out.",
        [MIXED],
        lambda a: [
            ops.nanmedian(a, axis=1),
            ops.nanmedian(a, axis=(1, 2), keepdims=True),
            ops.nanmedian(a),
            ops.nanquantile(a, 0.3, axis=1),
            ops.nanquantile(a, [0.0, 0.25, 0.7, 1.0], axis=(1, -1)),
            *(ops.nanpercentile(a, [40, 90], axis=(1, 2), method=m) for m in ("lower", "higher", "nearest", "midpoint")),
            ops.nanargmax(a, axis=1),
            ops.nanargmin(a, axis=-1, keepdims=True),
            ops.nanargmax(a),
        ],
        inputs=lambda rng, batch: [np.where(rng.random((batch, *MIXED)) < 0.4, np.nan, rng.normal(size=(batch, *MIXED))).astype("float32")],
    ),
    function_case(
        "quantiles_computed",
        "Quantiles at computed places, along axes of any size.",
        [(None, 3), (2,)],
        lambda a, q: [
            ops.quantile(a, ops.sigmoid(q[0]), axis=1),
            ops.percentile(a, 30, axis=1, method="higher"),
            ops.percentile(a, 100 * ops.sigmoid(q[0, 0]), axis=(1, 2), method="midpoint"),
            ops.median(a, axis=1, keepdims=True),
        ],
    ),
    function_case(
        "rearranged",
        "Axes taken apart, ordered and put together by name.",
        [MIXED],
        lambda a: [
            ops.rearrange(a[0], "h w c -> w h c"),
            ops.rearrange(a[0], "(h two) w c -> h w (c two)", two=2),
            ops.rearrange(a[0], "(a b) w (c d) -> (d w) (b a) c", a=2, b=2, c=1),
        ],
    ),
    function_case(
        "grids",
        "Grids and places of arrays that are no vectors.",
        [(2, 3)],
        lambda a: [
            *ops.meshgrid(a[0], a[1, 0]),
            *ops.unravel_index(ops.cast(ops.abs(9 * a), "int32"), (3, 5, 2)),
            *ops.unravel_index(ops.cast(ops.abs(9 * a[0, 0]), "int32"), (3, 5, 2)),
        ],
    ),
    function_case(
        "sparse_classes",
        "Classes as vectors that are kept sparse: the same numbers.",
        [(4,)],
        lambda a: [
            ops.convert_to_tensor(ops.one_hot(a, 6, sparse=True), sparse=False),
            ops.convert_to_tensor(ops.multi_hot(a, 6, sparse=True), sparse=False),
        ],
        dtypes=["int32"],
        inputs=integers(0, 6, (4,)),
    ),
]


def stated_batch_case(name, why, shapes, outputs):
    """A case of inputs whose first sizes are stated too."""

    def build():
        inputs = [keras.Input(batch_shape=shape, name="abc"[i]) for i, shape in enumerate(shapes)]
        return keras.Model(inputs, outputs(*inputs))

    def make(rng, batch):
        return [rng.normal(size=shape).astype("float32") for shape in shapes]

    return Case(name=name, why=why, build=build, inputs=make, generations=("keras3",))


STATED_BATCHES = [
    stated_batch_case(
        "stated_batch_needed",
        "Functions along the first axis, whose size is stated.",
        [(5, 3)],
        lambda a: [ops.roll(a, 2, axis=0), ops.rearrange(a, "a b -> b a"), *ops.split(a, [2, 3], axis=0)],
    ),
    stated_batch_case(
        "stated_batches_differ",
        "First sizes that differ are none of a batch.",
        [(3, 2), (2, 2), (1, 2)],
        lambda a, b, c: [ops.slice_update(a, (1, 0), b), a + c, ops.take_along_axis(c, ops.cast(b > 0, "int32"), axis=1)],
    ),
    stated_batch_case(
        "stated_batch_of_one",
        "A batch of one that is left out.",
        [(1, 3, 1)],
        lambda a: [ops.squeeze(a), ops.squeeze(a, axis=2)],
    ),
]

CASES = STATED_BATCHES + ELEMENTWISE + REDUCTIONS + SHAPES + FURTHER
