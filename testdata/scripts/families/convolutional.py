"""Convolutions of every kind: padding, strides, dilation, groups, depthwise, separable, transposed, channels_first."""

from building import channels_first_case, layer_case
from case_writer import BOTH
from generation import KERAS2, layers


def conv1d(name, why, length, channels, filters, size, **arguments):
    return layer_case(f"conv1d_{name}", why, (length, channels), lambda: layers.Conv1D(filters, size, **arguments))


def conv2d(name, why, shape, filters, size, **arguments):
    return layer_case(f"conv2d_{name}", why, shape, lambda: layers.Conv2D(filters, size, **arguments))


def conv3d(name, why, shape, filters, size, **arguments):
    return layer_case(f"conv3d_{name}", why, shape, lambda: layers.Conv3D(filters, size, **arguments))


def depthwise(name, why, shape, size, **arguments):
    return layer_case(f"depthwise_conv2d_{name}", why, shape, lambda: layers.DepthwiseConv2D(size, **arguments))


def separable(name, why, shape, filters, size, **arguments):
    return layer_case(
        f"separable_conv2d_{name}", why, shape, lambda: layers.SeparableConv2D(filters, size, **arguments)
    )


def transpose(name, why, shape, filters, size, generations=BOTH, **arguments):
    return layer_case(
        f"conv2d_transpose_{name}",
        why,
        shape,
        lambda: layers.Conv2DTranspose(filters, size, **arguments),
        generations=generations,
    )


def first(name, why, shape, kind, *positional, **arguments):
    """A channels_first layer of class ``kind``."""
    return channels_first_case(
        f"{name}_channels_first",
        why + " (channels_first).",
        shape,
        lambda data_format: kind(*positional, data_format=data_format, **arguments),
    )


# TensorFlow allows stride > 1 or dilation > 1, never both; such rows do not exist in Keras.
CONV1D = [
    conv1d("valid", "Conv1D, no padding.", 9, 3, 4, 2),
    conv1d("same", "Conv1D same, odd kernel.", 8, 3, 4, 5, padding="same"),
    conv1d("same_even", "Conv1D same with an even kernel pads one more at the end.", 7, 3, 2, 4, padding="same"),
    conv1d("causal", "Causal padding stands on the left only.", 7, 3, 4, 3, padding="causal"),
    conv1d(
        "causal_dilated", "Causal with dilation 2 pads 4 on the left.", 9, 2, 4, 3, padding="causal", dilation_rate=2
    ),
    conv1d("causal_stride2", "Causal with stride 2.", 8, 2, 3, 4, padding="causal", strides=2),
    conv1d("valid_stride2", "Stride 2 leaves a rest.", 10, 3, 4, 3, strides=2),
    conv1d("same_stride3", "Same with stride 3.", 10, 2, 4, 5, padding="same", strides=3),
    conv1d("same_stride2_odd", "Same with stride 2 on an odd length.", 9, 3, 4, 3, padding="same", strides=2),
    conv1d("same_dilated", "Same with dilation 3.", 10, 2, 4, 3, padding="same", dilation_rate=3),
    conv1d("groups", "Two groups.", 8, 4, 6, 3, groups=2),
    conv1d("no_bias", "No bias, with an activation.", 8, 3, 4, 3, use_bias=False, activation="tanh"),
    conv1d("kernel1", "A kernel of one step.", 6, 3, 5, 1, activation="relu"),
    conv1d("stride_larger_than_kernel", "Stride 3, kernel 2.", 11, 3, 4, 2, strides=3),
    conv1d("kernel_full", "A kernel as long as the sequence.", 5, 3, 4, 5),
]

CONV2D = [
    conv2d("valid", "Conv2D, kernel 3x2.", (7, 8, 3), 4, (3, 2)),
    conv2d("same", "Conv2D same, kernel 3x5.", (7, 8, 3), 4, (3, 5), padding="same"),
    conv2d(
        "same_even", "Same with even kernels pads one more at bottom and right.", (6, 7, 3), 4, (2, 4), padding="same"
    ),
    conv2d("valid_stride2", "Stride 2 on even and odd sizes.", (8, 9, 3), 4, 3, strides=2),
    conv2d(
        "same_stride2",
        "Same with stride 2 on even and odd sizes: padding depends on the size.",
        (8, 9, 3),
        4,
        3,
        padding="same",
        strides=2,
    ),
    conv2d("same_stride3", "Same with stride 3.", (10, 11, 2), 3, (4, 5), padding="same", strides=3),
    conv2d("same_stride2_even", "Same, stride 2, even kernel.", (9, 8, 3), 4, (4, 2), padding="same", strides=2),
    conv2d(
        "strides_2_1", "Different strides in the two directions.", (9, 7, 3), 4, (3, 2), strides=(2, 1), padding="valid"
    ),
    conv2d("same_strides_1_3", "Same with strides 1 and 3.", (6, 10, 3), 4, (2, 3), strides=(1, 3), padding="same"),
    conv2d("dilated", "Dilation 2x3.", (9, 11, 2), 4, (3, 2), dilation_rate=(2, 3)),
    conv2d("same_dilated", "Same with dilation 2.", (8, 9, 2), 4, 3, dilation_rate=2, padding="same"),
    conv2d("groups", "Three groups.", (6, 7, 6), 9, (2, 3), groups=3),
    conv2d("groups_depthwise", "As many groups as channels.", (6, 7, 4), 8, 3, groups=4, padding="same"),
    conv2d(
        "groups_stride2",
        "Two groups with stride 2 and same padding.",
        (7, 8, 4),
        6,
        3,
        groups=2,
        strides=2,
        padding="same",
    ),
    conv2d("no_bias", "No bias.", (6, 7, 3), 4, 3, use_bias=False),
    conv2d("activation", "With swish, same padding.", (6, 7, 3), 4, 3, padding="same", activation="swish"),
    conv2d("kernel1", "1x1 kernel.", (5, 6, 3), 4, 1, activation="relu"),
    conv2d("kernel1_stride2", "1x1 kernel with stride 2 skips positions.", (5, 6, 3), 4, 1, strides=2, padding="same"),
    conv2d(
        "stride_larger_than_kernel",
        "Stride 3 with kernel 2 and same padding.",
        (10, 8, 3),
        4,
        2,
        strides=3,
        padding="same",
    ),
    conv2d(
        "kernel_larger_than_input", "A same kernel that is larger than the input.", (3, 4, 2), 5, (5, 7), padding="same"
    ),
    conv2d("one_channel", "One channel in, one out.", (6, 7, 1), 1, 3),
    layer_case(
        "conv2d_free_size",
        "Unknown height and width.",
        (None, None, 3),
        lambda: [layers.Conv2D(4, 3, padding="same", strides=2), layers.Conv2D(2, 2)],
        inputs=lambda rng, batch: [rng.normal(size=(2, 9, 11, 3)).astype("float32")],
    ),
    layer_case(
        "conv2d_chain",
        "Convolutions in a row with a Flatten and Dense behind: the order of flattening shows.",
        (8, 9, 2),
        lambda: [
            layers.Conv2D(3, 3, activation="relu"),
            layers.Conv2D(4, 2, strides=2, activation="tanh"),
            layers.Flatten(),
            layers.Dense(5),
        ],
        h5=True,
    ),
]

CONV3D = [
    conv3d("valid", "Conv3D, kernel 2x3x2.", (4, 5, 6, 2), 3, (2, 3, 2)),
    conv3d("same", "Conv3D same.", (4, 5, 6, 2), 3, (3, 2, 3), padding="same"),
    conv3d("same_stride2", "Conv3D same with stride 2.", (4, 5, 6, 2), 3, 3, padding="same", strides=2),
    conv3d("strides", "Three different strides.", (6, 5, 7, 2), 3, 2, strides=(2, 1, 3)),
    conv3d("dilated", "Conv3D with dilation 2 in one direction.", (4, 6, 5, 2), 3, 2, dilation_rate=(1, 2, 2)),
    conv3d("no_bias", "Conv3D without bias, with relu.", (4, 5, 3, 2), 4, 2, use_bias=False, activation="relu"),
    conv3d("groups", "Conv3D with two groups.", (3, 4, 5, 4), 6, 2, groups=2),
]

DEPTHWISE = [
    depthwise("valid", "Depthwise, kernel 3x2.", (6, 7, 3), (3, 2)),
    depthwise("same", "Depthwise same.", (6, 7, 3), 3, padding="same"),
    depthwise("multiplier", "Multiplier 2: output channel is c*2+m.", (6, 7, 3), (2, 3), depth_multiplier=2),
    depthwise(
        "multiplier_same_stride2",
        "Multiplier 3, same, stride 2.",
        (7, 8, 2),
        3,
        depth_multiplier=3,
        padding="same",
        strides=2,
    ),
    depthwise("stride2", "Stride 2, valid.", (8, 9, 3), 3, strides=2),
    depthwise("same_stride3", "Same with stride 3 and an even kernel.", (8, 10, 3), 4, strides=3, padding="same"),
    depthwise("dilated", "Dilation 2.", (8, 9, 3), (3, 2), dilation_rate=2),
    depthwise(
        "same_dilated_multiplier",
        "Same, dilation 2, multiplier 2.",
        (7, 8, 3),
        3,
        dilation_rate=2,
        padding="same",
        depth_multiplier=2,
    ),
    depthwise("no_bias", "No bias, with relu.", (6, 7, 4), 3, use_bias=False, activation="relu"),
    depthwise("one_channel", "One channel with multiplier 4.", (6, 7, 1), 2, depth_multiplier=4),
    layer_case(
        "depthwise_conv1d",
        "DepthwiseConv1D with multiplier 2.",
        (9, 3),
        lambda: layers.DepthwiseConv1D(3, depth_multiplier=2),
    ),
    layer_case(
        "depthwise_conv1d_same_stride2",
        "DepthwiseConv1D same with stride 2.",
        (9, 3),
        lambda: layers.DepthwiseConv1D(4, strides=2, padding="same", activation="tanh"),
    ),
]

SEPARABLE = [
    separable("valid", "Separable, kernel 3x2.", (6, 7, 3), 4, (3, 2)),
    separable("same", "Separable same.", (6, 7, 3), 4, 3, padding="same"),
    separable("multiplier", "Multiplier 2.", (6, 7, 3), 5, (2, 3), depth_multiplier=2),
    separable("stride2", "Same with stride 2.", (7, 8, 3), 4, 3, strides=2, padding="same"),
    separable("dilated", "Dilation 2.", (8, 9, 3), 4, 2, dilation_rate=2),
    separable("no_bias", "No bias, with an activation.", (6, 7, 3), 4, 3, use_bias=False, activation="tanh"),
    separable("multiplier_stride", "Multiplier 3, stride 2, valid.", (8, 9, 2), 5, 3, depth_multiplier=3, strides=2),
    layer_case("separable_conv1d", "SeparableConv1D.", (9, 3), lambda: layers.SeparableConv1D(4, 3)),
    layer_case(
        "separable_conv1d_multiplier",
        "SeparableConv1D same, stride 2, multiplier 2.",
        (9, 3),
        lambda: layers.SeparableConv1D(4, 4, padding="same", strides=2, depth_multiplier=2),
    ),
    layer_case(
        "separable_conv1d_causal",
        "SeparableConv1D with causal padding.",
        (8, 3),
        lambda: layers.SeparableConv1D(4, 3, padding="causal", activation="relu"),
        generations=("keras2",),  # Keras 3 refuses causal here
    ),
]

TRANSPOSE = [
    transpose("valid", "Transposed, stride 1.", (4, 5, 3), 2, (3, 2)),
    transpose("same", "Transposed same, stride 1.", (4, 5, 3), 2, (3, 2), padding="same"),
    transpose("valid_stride2", "Valid with stride 2.", (4, 5, 3), 2, 3, strides=2),
    transpose("same_stride2", "Same with stride 2 doubles the size.", (4, 5, 3), 2, 3, strides=2, padding="same"),
    transpose(
        "same_stride2_even",
        "Same with stride 2 and kernel 4, as in U-Nets.",
        (4, 5, 3),
        2,
        4,
        strides=2,
        padding="same",
    ),
    transpose("same_stride3", "Same with stride 3 and kernel 5.", (3, 4, 2), 3, 5, strides=3, padding="same"),
    transpose("kernel_equals_stride", "Kernel 2, stride 2.", (4, 5, 3), 2, 2, strides=2),
    transpose("kernel_smaller_than_stride", "Kernel 2, stride 3, valid: gaps stay empty.", (3, 4, 3), 2, 2, strides=3),
    transpose(
        "kernel_smaller_than_stride_same",
        "Kernel 1x2, stride 3, same.",
        (3, 4, 3),
        2,
        (1, 2),
        strides=3,
        padding="same",
    ),
    transpose("strides_2_3", "Different strides.", (3, 4, 3), 2, (3, 4), strides=(2, 3), padding="valid"),
    transpose("same_strides_1_2", "Same with strides 1 and 2.", (3, 5, 3), 2, (2, 3), strides=(1, 2), padding="same"),
    transpose("output_padding_valid", "Explicit output padding, valid.", (4, 5, 3), 2, 3, strides=2, output_padding=1),
    transpose(
        "output_padding_same",
        "Explicit output padding, same.",
        (4, 5, 3),
        2,
        3,
        strides=2,
        output_padding=1,
        padding="same",
    ),
    transpose(
        "output_padding_0_1",
        "Output padding 0 and 1, same, stride 3 and 2.",
        (3, 4, 3),
        2,
        (5, 3),
        strides=(3, 2),
        output_padding=(0, 1),
        padding="same",
    ),
    transpose(
        "output_padding_even",
        "Output padding 1, same, even kernel.",
        (3, 4, 3),
        2,
        4,
        strides=2,
        output_padding=1,
        padding="same",
    ),
    # Keras 3 accepts dilation here but TensorFlow cannot run it on a CPU, so only Keras 2 has these.
    transpose("dilated", "Dilation 2.", (4, 5, 3), 2, (3, 2), dilation_rate=2, generations=("keras2",)),
    transpose(
        "dilated_same", "Dilation 2, same.", (4, 5, 3), 2, 3, dilation_rate=2, padding="same", generations=("keras2",)
    ),
    transpose("no_bias", "No bias, with relu.", (4, 5, 3), 4, 3, strides=2, use_bias=False, activation="relu"),
    layer_case(
        "conv1d_transpose",
        "Conv1DTranspose same with stride 2.",
        (6, 3),
        lambda: layers.Conv1DTranspose(4, 3, strides=2, padding="same"),
    ),
    layer_case(
        "conv1d_transpose_valid",
        "Conv1DTranspose valid with stride 3.",
        (5, 3),
        lambda: layers.Conv1DTranspose(4, 2, strides=3),
    ),
    layer_case(
        "conv3d_transpose",
        "Conv3DTranspose same with stride 2.",
        (2, 3, 4, 2),
        lambda: layers.Conv3DTranspose(3, (2, 3, 3), strides=2, padding="same"),
    ),
]

CHANNELS_FIRST = [
    first("conv1d_same", "Conv1D same, stride 2", (3, 9), layers.Conv1D, 4, 3, padding="same", strides=2),
    first("conv1d_valid", "Conv1D valid", (3, 8), layers.Conv1D, 4, 2),
    first("conv2d_valid", "Conv2D valid", (3, 7, 8), layers.Conv2D, 4, (3, 2)),
    first("conv2d_same_stride2", "Conv2D same, stride 2", (3, 8, 9), layers.Conv2D, 4, 3, padding="same", strides=2),
    first("conv2d_dilated", "Conv2D with dilation", (2, 9, 8), layers.Conv2D, 4, (2, 3), dilation_rate=2),
    first("conv2d_groups", "Conv2D with groups", (4, 6, 7), layers.Conv2D, 6, 3, groups=2),
    first("conv3d_same", "Conv3D same", (2, 4, 5, 6), layers.Conv3D, 3, (2, 3, 2), padding="same"),
    first("depthwise_conv2d", "Depthwise, multiplier 2", (3, 6, 7), layers.DepthwiseConv2D, (3, 2), depth_multiplier=2),
    first("separable_conv2d", "Separable same", (3, 6, 7), layers.SeparableConv2D, 4, 3, padding="same"),
    first(
        "conv2d_transpose",
        "Transposed same, stride 2",
        (3, 4, 5),
        layers.Conv2DTranspose,
        2,
        3,
        strides=2,
        padding="same",
    ),
    first(
        "conv2d_transpose_valid", "Transposed valid, stride 2", (3, 4, 5), layers.Conv2DTranspose, 2, (3, 4), strides=2
    ),
    channels_first_case(
        "conv2d_flatten_dense_channels_first",
        "Flatten and Dense behind a channels_first convolution: Flatten moves the channels last.",
        (3, 6, 7),
        lambda data_format: [
            layers.Conv2D(4, 3, data_format=data_format, activation="relu"),
            layers.Flatten(data_format=data_format),
            layers.Dense(5),
        ],
        h5=True,
    ),
    channels_first_case(
        "conv2d_chain_channels_first",
        "Three convolutions in channels_first: transposes between them cancel out.",
        (3, 9, 8),
        lambda data_format: [
            layers.Conv2D(4, 3, data_format=data_format, activation="relu"),
            layers.Conv2D(2, 2, data_format=data_format, strides=2, padding="same"),
            layers.Conv2DTranspose(5, 3, data_format=data_format),
        ],
    ),
]



def local(name, why, shape, filters, size, **arguments):
    kind = layers.LocallyConnected1D if len(shape) == 2 else layers.LocallyConnected2D
    return layer_case(f"local_{name}", why, shape, lambda: kind(filters, size, **arguments))


def local_variants(implementation):
    """The same layers by each implementation, which lays out the kernel in its own way."""
    more = {"implementation": implementation}
    rows = [
        local(f"1d_{implementation}", "A kernel for every step.", (7, 3), 4, 2, **more),
        local(f"1d_stride2_{implementation}", "Stride 2.", (8, 3), 4, 3, strides=2, activation="tanh", **more),
        local(f"1d_first_{implementation}", "Channels first.", (3, 6), 4, 2, data_format="channels_first", **more),
        local(f"2d_{implementation}", "A kernel for every place.", (4, 5, 2), 3, (2, 3), **more),
        local(f"2d_strides_{implementation}", "Strides, no bias.", (6, 5, 2), 3, 2, strides=(3, 2), use_bias=False, **more),
        local(f"2d_first_{implementation}", "Channels first.", (2, 4, 5), 3, (2, 3), data_format="channels_first", **more),
    ]
    if implementation > 1:  # implementation 1 has no same
        rows += [
            local(f"1d_same_{implementation}", "Same, even kernel.", (7, 3), 2, 4, padding="same", **more),
            local(f"1d_same_stride2_{implementation}", "Same, stride 2.", (8, 3), 2, 3, padding="same", strides=2, **more),
            local(f"2d_same_{implementation}", "Same, strides.", (4, 5, 2), 3, (3, 2), padding="same", strides=(2, 1), **more),
            local(
                f"2d_same_first_{implementation}",
                "Same, channels first.",
                (2, 4, 5),
                3,
                (2, 3),
                padding="same",
                data_format="channels_first",
                **more,
            ),
        ]
    return rows


LOCAL = [row for implementation in (1, 2, 3) for row in local_variants(implementation)] if KERAS2 else []



def row(name, why, shape, kind, *positional, **arguments):
    return layer_case(name, why, shape, lambda: kind(*positional, **arguments))


def free_row(name, why, sizes, kind, *positional, **arguments):
    """A layer on an image whose sizes the model does not know."""
    free = (*[None for _ in sizes[:-1]], sizes[-1])
    return layer_case(
        name,
        why,
        free,
        lambda: kind(*positional, **arguments),
        inputs=lambda rng, batch: [rng.normal(size=(batch, *sizes)).astype("float32")],
    )


OPTIONS = [
    row("conv1d_transpose_output_padding", "Output padding 1, valid.", (5, 3), layers.Conv1DTranspose, 4, 3, strides=2, output_padding=1),
    row(
        "conv1d_transpose_output_padding_same",
        "Output padding 1, same, even kernel.",
        (5, 3),
        layers.Conv1DTranspose,
        4,
        4,
        strides=3,
        output_padding=1,
        padding="same",
    ),
    row("conv1d_transpose_bare", "No bias, with tanh.", (5, 3), layers.Conv1DTranspose, 4, 3, use_bias=False, activation="tanh"),
    row("conv3d_transpose_valid", "Valid, three strides.", (2, 3, 4, 2), layers.Conv3DTranspose, 3, (2, 1, 3), strides=(1, 2, 3)),
    row(
        "conv3d_transpose_output_padding",
        "Output padding of three axes.",
        (2, 3, 2, 2),
        layers.Conv3DTranspose,
        3,
        3,
        strides=(2, 3, 2),
        output_padding=(1, 2, 0),
        padding="same",
    ),
    first("conv1d_transpose", "Same, stride 2", (3, 5), layers.Conv1DTranspose, 4, 3, strides=2, padding="same"),
    first("conv3d_transpose", "Valid, stride 2", (2, 2, 3, 4), layers.Conv3DTranspose, 3, 2, strides=2),
    row("depthwise_conv1d_dilated", "Dilation 2, same, no bias.", (9, 3), layers.DepthwiseConv1D, 3, dilation_rate=2, padding="same", use_bias=False),
    row("depthwise_conv1d_stride2_multiplier", "Valid, stride 2, multiplier 3.", (8, 2), layers.DepthwiseConv1D, 3, strides=2, depth_multiplier=3),
    first("depthwise_conv1d", "Multiplier 2, same", (3, 8), layers.DepthwiseConv1D, 3, depth_multiplier=2, padding="same"),
    row("separable_conv1d_dilated", "Dilation 2, no bias.", (9, 3), layers.SeparableConv1D, 4, 3, dilation_rate=2, use_bias=False),
    row("separable_conv2d_same_dilated", "Same, dilation 2, multiplier 2.", (7, 8, 3), layers.SeparableConv2D, 4, 3, dilation_rate=2, padding="same", depth_multiplier=2),
    first("separable_conv1d", "Multiplier 2, stride 2", (3, 8), layers.SeparableConv1D, 4, 3, depth_multiplier=2, strides=2),
    free_row("conv1d_free_steps", "Unknown steps, same, stride 2.", (9, 3), layers.Conv1D, 4, 4, strides=2, padding="same"),
    free_row("conv1d_causal_free_steps", "Unknown steps, causal, stride 2.", (9, 3), layers.Conv1D, 4, 3, strides=2, padding="causal"),
    free_row("conv2d_transpose_free_size", "Unknown sizes, same, stride 2.", (4, 5, 3), layers.Conv2DTranspose, 2, 3, strides=2, padding="same"),
    free_row("conv3d_free_size", "Unknown sizes, same, stride 2.", (4, 5, 6, 2), layers.Conv3D, 3, 3, strides=2, padding="same"),
    free_row("depthwise_conv2d_free_size", "Unknown sizes, same, stride 2.", (7, 8, 3), layers.DepthwiseConv2D, 3, strides=2, padding="same"),
    free_row("separable_conv2d_free_size", "Unknown sizes, same, stride 2.", (7, 8, 3), layers.SeparableConv2D, 4, 3, strides=2, padding="same"),
]

CASES = OPTIONS + CONV1D + CONV2D + CONV3D + DEPTHWISE + SEPARABLE + TRANSPOSE + CHANNELS_FIRST + LOCAL
