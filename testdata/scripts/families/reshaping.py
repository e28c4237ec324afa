"""Layers that only move, repeat, cut or pad elements."""

from building import channels_first_case, layer_case
from case_writer import BOTH
from generation import layers


def row(name, why, shape, make, **more):
    return layer_case(name, why, shape, make, **more)


def upsampling(name, why, shape, size, generations=BOTH, **arguments):
    return layer_case(
        f"up_sampling2d_{name}",
        why,
        shape,
        lambda: layers.UpSampling2D(size, **arguments),
        generations=generations,
    )


def first(name, why, shape, kind, *positional, **arguments):
    return channels_first_case(
        f"{name}_channels_first",
        why,
        shape,
        lambda data_format: kind(*positional, data_format=data_format, **arguments),
    )


CASES = [
    row("flatten_rank3", "Flatten of rank 3.", (4, 5), layers.Flatten),
    row("flatten_rank5", "Flatten of rank 5.", (2, 3, 4, 5), layers.Flatten),
    row("flatten_rank2", "Flatten of rank 2 changes nothing.", (5,), layers.Flatten),
    first("flatten", "Flatten moves the channels last first.", (3, 4, 5), layers.Flatten),
    first("flatten_rank3", "Flatten of rank 3 moves the channels last first.", (3, 4), layers.Flatten),
    row(
        "flatten_dense",
        "Flatten and Dense: the order of elements shows.",
        (3, 4, 5),
        lambda: [layers.Flatten(), layers.Dense(4)],
        h5=True,
    ),
    row("reshape", "Reshape to a given shape.", (4, 6), lambda: layers.Reshape((3, 8))),
    row("reshape_minus1", "Reshape with one size left open.", (4, 6), lambda: layers.Reshape((2, -1))),
    row("reshape_minus1_first", "Reshape with -1 in front.", (4, 6), lambda: layers.Reshape((-1, 3))),
    row("reshape_flat", "Reshape to (-1,).", (3, 4, 2), lambda: layers.Reshape((-1,))),
    row("reshape_up", "Reshape to more axes.", (24,), lambda: layers.Reshape((2, 3, 4)), h5=True),
    row(
        "reshape_conv",
        "Reshape between Dense and Conv2D, as in generators.",
        (5,),
        lambda: [layers.Dense(24), layers.Reshape((2, 3, 4)), layers.Conv2DTranspose(3, 3, strides=2)],
        h5=True,
    ),
    row(
        "reshape_free",
        "Reshape of an unknown number of steps.",
        (None, 6),
        lambda: layers.Reshape((-1, 3)),
        inputs=lambda rng, batch: [rng.normal(size=(batch, 4, 6)).astype("float32")],
    ),
    row("permute_2_1", "Permute of two axes.", (4, 5), lambda: layers.Permute((2, 1))),
    row(
        "permute_3_1_2",
        "Permute of three axes, a rotation (not its own inverse).",
        (3, 4, 5),
        lambda: layers.Permute((3, 1, 2)),
    ),
    row("permute_2_3_1", "The other rotation.", (3, 4, 5), lambda: layers.Permute((2, 3, 1)), h5=True),
    row("permute_4", "Permute of four axes.", (2, 3, 4, 5), lambda: layers.Permute((4, 1, 3, 2))),
    row(
        "permute_conv",
        "Permute before a convolution.",
        (3, 7, 6),
        lambda: [layers.Permute((2, 3, 1)), layers.Conv2D(4, 2)],
    ),
    row("repeat_vector", "RepeatVector.", (5,), lambda: layers.RepeatVector(3)),
    row(
        "repeat_vector_dense",
        "RepeatVector between Dense layers.",
        (5,),
        lambda: [layers.Dense(4), layers.RepeatVector(3), layers.Dense(2)],
    ),
    row("zero_padding1d", "The same padding on both sides.", (5, 3), lambda: layers.ZeroPadding1D(2)),
    row("zero_padding1d_sides", "Different padding left and right.", (5, 3), lambda: layers.ZeroPadding1D((1, 3))),
    row("zero_padding2d", "One number for all sides.", (4, 5, 3), lambda: layers.ZeroPadding2D(1)),
    row("zero_padding2d_pair", "Rows 1, columns 2.", (4, 5, 3), lambda: layers.ZeroPadding2D((1, 2))),
    row(
        "zero_padding2d_sides",
        "Four different sides.",
        (4, 5, 3),
        lambda: layers.ZeroPadding2D(((1, 2), (3, 0))),
        h5=True,
    ),
    row(
        "zero_padding2d_conv",
        "Padding before a strided valid convolution, as in ResNet and MobileNet.",
        (7, 8, 3),
        lambda: [layers.ZeroPadding2D(((0, 1), (1, 0))), layers.Conv2D(4, 3, strides=2)],
    ),
    row("zero_padding3d", "Three directions.", (3, 4, 5, 2), lambda: layers.ZeroPadding3D((1, 2, 0))),
    row(
        "zero_padding3d_sides",
        "Six different sides.",
        (2, 3, 4, 2),
        lambda: layers.ZeroPadding3D(((1, 0), (2, 1), (0, 3))),
    ),
    row("cropping1d", "The same cut on both sides.", (7, 3), lambda: layers.Cropping1D(2)),
    row("cropping1d_sides", "Different cuts.", (7, 3), lambda: layers.Cropping1D((1, 3))),
    row("cropping1d_none", "Nothing cut on the right.", (7, 3), lambda: layers.Cropping1D((2, 0))),
    row("cropping2d", "Rows 1, columns 2.", (6, 7, 3), lambda: layers.Cropping2D((1, 2))),
    row(
        "cropping2d_sides",
        "Four different sides, one of them zero.",
        (7, 8, 3),
        lambda: layers.Cropping2D(((1, 2), (3, 0))),
        h5=True,
    ),
    row("cropping3d", "Three directions.", (5, 6, 7, 2), lambda: layers.Cropping3D((1, 2, 1))),
    row("cropping3d_sides", "Six different sides.", (5, 6, 7, 2), lambda: layers.Cropping3D(((1, 0), (2, 1), (0, 3)))),
    row("up_sampling1d", "Each step repeated.", (4, 3), lambda: layers.UpSampling1D(3)),
    upsampling("nearest", "Nearest is repetition.", (3, 4, 2), (2, 3)),
    upsampling("bilinear", "Bilinear with half-pixel centres.", (3, 4, 2), 2, interpolation="bilinear"),
    upsampling("bilinear_2_3", "Bilinear with different factors.", (3, 4, 2), (2, 3), interpolation="bilinear"),
    upsampling("bilinear_4", "Bilinear by 4.", (3, 5, 2), 4, interpolation="bilinear"),
    upsampling("bilinear_one_row", "Bilinear of a single row.", (1, 4, 2), (3, 2), interpolation="bilinear"),
    upsampling("bicubic", "Bicubic by TensorFlow's table of weights.", (5, 4, 2), (3, 2), interpolation="bicubic"),
    upsampling("lanczos3", "Lanczos of radius 3, cut off at the sides.", (5, 4, 2), (2, 3), interpolation="lanczos3"),
    upsampling("lanczos5", "Lanczos of radius 5.", (4, 7, 2), 3, interpolation="lanczos5"),
    *[
        upsampling(method, "Only tf.keras has it.", (4, 5, 2), (3, 2), ("keras2",), interpolation=method)
        for method in ("area", "gaussian", "mitchellcubic")
    ],
    row(
        "up_sampling2d_conv",
        "Up-sampling between convolutions.",
        (4, 5, 3),
        lambda: [
            layers.Conv2D(4, 2),
            layers.UpSampling2D(2, interpolation="bilinear"),
            layers.Conv2D(2, 3, padding="same"),
        ],
        h5=True,
    ),
    row("up_sampling3d", "Three directions.", (2, 3, 4, 2), lambda: layers.UpSampling3D((3, 1, 2))),
    first("zero_padding2d", "Four different sides.", (3, 4, 5), layers.ZeroPadding2D, ((1, 2), (3, 0))),
    first("zero_padding3d", "Six different sides.", (2, 3, 4, 5), layers.ZeroPadding3D, ((1, 0), (2, 1), (0, 3))),
    first("cropping2d", "Four different sides.", (3, 7, 8), layers.Cropping2D, ((1, 2), (3, 0))),
    first("cropping3d", "Six different sides.", (2, 5, 6, 7), layers.Cropping3D, ((1, 0), (2, 1), (0, 3))),
    first("up_sampling2d", "Nearest.", (3, 4, 5), layers.UpSampling2D, (2, 3)),
    first("up_sampling2d_bilinear", "Bilinear.", (2, 3, 4), layers.UpSampling2D, (3, 2), interpolation="bilinear"),
    first("up_sampling3d", "Nearest in 3D.", (2, 3, 4, 5), layers.UpSampling3D, (1, 2, 2)),
]
