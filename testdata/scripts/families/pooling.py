"""Max, average and global pooling in one to three dimensions."""

from building import channels_first_case, layer_case, masked_steps
from generation import KERAS2, layers

SHAPES = {1: (9, 3), 2: (8, 9, 3), 3: (5, 6, 7, 2)}
KINDS = {
    "max": {1: layers.MaxPooling1D, 2: layers.MaxPooling2D, 3: layers.MaxPooling3D},
    "average": {1: layers.AveragePooling1D, 2: layers.AveragePooling2D, 3: layers.AveragePooling3D},
}
GLOBAL = {
    "max": {1: layers.GlobalMaxPooling1D, 2: layers.GlobalMaxPooling2D, 3: layers.GlobalMaxPooling3D},
    "average": {1: layers.GlobalAveragePooling1D, 2: layers.GlobalAveragePooling2D, 3: layers.GlobalAveragePooling3D},
}
VARIANTS = [
    ("default", "size 2, strides as the size", {"pool_size": 2}),
    ("same", "same padding, size 3", {"pool_size": 3, "padding": "same"}),
    ("valid_stride1", "size 3, stride 1", {"pool_size": 3, "strides": 1}),
    ("same_stride1", "size 2, stride 1, same: one more at the end", {"pool_size": 2, "strides": 1, "padding": "same"}),
    (
        "same_stride3",
        "size 2, stride 3, same: strides beyond the size",
        {"pool_size": 2, "strides": 3, "padding": "same"},
    ),
    ("same_size4_stride2", "size 4, stride 2, same", {"pool_size": 4, "strides": 2, "padding": "same"}),
]


def channels_moved_first(shape):
    return (shape[-1], *shape[:-1])


def pool(kind, rank, variant, what, arguments):
    return layer_case(
        f"{kind}_{rank}d_{variant}",
        f"{kind.capitalize()} pooling in {rank}D: {what}.",
        SHAPES[rank],
        lambda: KINDS[kind][rank](**arguments),
    )


def pool_first(kind, rank):
    return channels_first_case(
        f"{kind}_{rank}d_channels_first",
        f"{kind.capitalize()} pooling in {rank}D, same, size 3, stride 2 (channels_first).",
        channels_moved_first(SHAPES[rank]),
        lambda data_format: KINDS[kind][rank](3, strides=2, padding="same", data_format=data_format),
    )


def global_pool(kind, rank, keepdims):
    return layer_case(
        f"global_{kind}_{rank}d" + ("_keepdims" if keepdims else ""),
        f"Global {kind} pooling in {rank}D" + (", axes kept." if keepdims else "."),
        SHAPES[rank],
        lambda: GLOBAL[kind][rank](keepdims=keepdims),
    )


def global_first(kind, rank):
    return channels_first_case(
        f"global_{kind}_{rank}d_channels_first",
        f"Global {kind} pooling in {rank}D (channels_first).",
        channels_moved_first(SHAPES[rank]),
        lambda data_format: GLOBAL[kind][rank](data_format=data_format),
    )


ADAPTIVE = {} if KERAS2 else {
    "max": {1: layers.AdaptiveMaxPooling1D, 2: layers.AdaptiveMaxPooling2D, 3: layers.AdaptiveMaxPooling3D},
    "average": {
        1: layers.AdaptiveAveragePooling1D,
        2: layers.AdaptiveAveragePooling2D,
        3: layers.AdaptiveAveragePooling3D,
    },
}
ADAPTIVE_SIZES = {
    1: [("uneven", 4), ("one", 1), ("equal", 3), ("wider", 11)],
    2: [("uneven", (3, 5)), ("one", 1), ("equal", (4, 3)), ("one_axis_equal", (4, 5)), ("wider", (10, 4))],
    3: [("uneven", (2, 4, 3)), ("equal", (5, 3, 1)), ("number", 2)],
}


def adaptive(kind, rank, variant, size):
    return layer_case(
        f"adaptive_{kind}_{rank}d_{variant}",
        f"Adaptive {kind} pooling of {SHAPES[rank]} to {size}.",
        SHAPES[rank],
        lambda: ADAPTIVE[kind][rank](size),
        h5=False,
    )


def adaptive_free(kind):
    return layer_case(
        f"adaptive_{kind}_2d_free_size",
        f"Adaptive {kind} pooling of an image of any height.",
        (None, 5, 2),
        lambda: ADAPTIVE[kind][2]((4, 3)),
        h5=False,
    )


def adaptive_first(kind, rank):
    return layer_case(
        f"adaptive_{kind}_{rank}d_channels_first",
        f"Adaptive {kind} pooling in {rank}D (channels_first).",
        channels_moved_first(SHAPES[rank]),
        lambda: ADAPTIVE[kind][rank](4, data_format="channels_first"),
        h5=False,
    )


CASES = [
    *[adaptive(kind, rank, *sizes) for kind in ADAPTIVE for rank in SHAPES for sizes in ADAPTIVE_SIZES[rank]],
    *[adaptive_free(kind) for kind in ADAPTIVE],
    *[adaptive_first(kind, rank) for kind in ADAPTIVE for rank in SHAPES],
    layer_case(
        "global_average_1d_masked_keepdims",
        "The mean of the unmasked steps, the axis kept.",
        (7, 3),
        lambda: [layers.Masking(), layers.GlobalAveragePooling1D(keepdims=True)],
        inputs=lambda rng, batch: [masked_steps((7, 3))(rng, batch)[0][:3]],
    ),
    layer_case(
        "global_max_1d_masked",
        "GlobalMaxPooling1D counts masked steps.",
        (7, 3),
        lambda: [layers.Masking(), layers.GlobalMaxPooling1D()],
        inputs=masked_steps((7, 3)),
    ),
    layer_case(
        "max_1d_masked",
        "Pooling ends a mask: the mean behind it counts every step.",
        (8, 3),
        lambda: [layers.Masking(), layers.MaxPooling1D(2), layers.GlobalAveragePooling1D()],
        inputs=masked_steps((8, 3)),
    ),
    layer_case(
        "average_1d_free_steps",
        "An unknown number of steps, same padding with stride 2.",
        (None, 3),
        lambda: layers.AveragePooling1D(3, strides=2, padding="same"),
        inputs=lambda rng, batch: [rng.normal(size=(batch, 8, 3)).astype("float32")],
    ),
    layer_case(
        "max_3d_free_size",
        "Unknown sizes of a volume, same padding.",
        (None, None, None, 2),
        lambda: layers.MaxPooling3D((2, 3, 2), strides=(1, 2, 3), padding="same"),
        inputs=lambda rng, batch: [rng.normal(size=(batch, 4, 5, 6, 2)).astype("float32")],
    ),
    layer_case(
        "max2d_behind_zeros",
        "Zeros around a convolution win over negative numbers: a runtime may take them for pooling's own padding.",
        (6, 7, 2),
        lambda: [
            layers.Conv2D(3, 3),
            layers.ZeroPadding2D(1),
            layers.MaxPooling2D(3, strides=2),
        ],
    ),
    *[pool(kind, rank, *variant) for kind in KINDS for rank in SHAPES for variant in VARIANTS],
    *[pool_first(kind, rank) for kind in KINDS for rank in SHAPES],
    *[global_pool(kind, rank, keepdims) for kind in GLOBAL for rank in SHAPES for keepdims in (False, True)],
    *[global_first(kind, rank) for kind in GLOBAL for rank in SHAPES],
    layer_case(
        "max_2d_sizes",
        "Different sizes and strides in the two directions.",
        (7, 9, 3),
        lambda: layers.MaxPooling2D((2, 3), strides=(3, 2)),
        h5=True,
    ),
    layer_case(
        "average_2d_sizes_same",
        "Different sizes and strides with same padding: the padding does not count.",
        (7, 9, 3),
        lambda: layers.AveragePooling2D((3, 2), strides=(2, 1), padding="same"),
        h5=True,
    ),
    layer_case(
        "max_2d_negative",
        "Same padding over negative values: padding is minus infinity, not zero.",
        (5, 6, 3),
        lambda: layers.MaxPooling2D(3, strides=2, padding="same"),
        inputs=lambda rng, batch: [-1.0 - rng.random((batch, 5, 6, 3)).astype("float32")],
        h5=True,
    ),
    layer_case(
        "conv_pool_dense",
        "Convolution, pooling, global pooling, Dense.",
        (9, 8, 2),
        lambda: [
            layers.Conv2D(5, 3, activation="relu"),
            layers.AveragePooling2D(2, padding="same"),
            layers.Conv2D(4, 2),
            layers.GlobalMaxPooling2D(),
            layers.Dense(3),
        ],
        h5=True,
    ),
    layer_case(
        "global_average_2d_free_size",
        "Global pooling over an unknown height and width.",
        (None, None, 3),
        lambda: [layers.AveragePooling2D(2, padding="same"), layers.GlobalAveragePooling2D(), layers.Dense(2)],
        inputs=lambda rng, batch: [rng.normal(size=(batch, 7, 6, 3)).astype("float32")],
    ),
    layer_case(
        "global_average_1d_masked",
        "The average over unmasked steps only; rows that are masked throughout would be 0/0 and stay out.",
        (7, 3),
        lambda: [layers.Masking(), layers.GlobalAveragePooling1D()],
        inputs=lambda rng, batch: [masked_steps((7, 3))(rng, batch)[0][:3]],
        h5=True,
    ),
]
