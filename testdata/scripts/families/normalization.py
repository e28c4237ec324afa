"""Normalization of batches, layers, groups, lengths and kernels; alone and behind layers that a fold could merge into."""

import numpy as np

from building import channel_axis, channels_first_case, functional, layer_case, masked_steps, masked_tokens, sequential
from case_writer import Case
from generation import KERAS2, layers

KERAS3_ONLY = ("keras3",)
UNREGISTERED = {"keras2": "tf.keras does not find SpectralNormalization by its name."}


def free(*shape):
    """An ``inputs`` function: floats of a shape, for models with unknown sizes."""
    return lambda rng, batch: [rng.normal(size=(batch, *shape)).astype("float32")]


free_steps, free_image, free_image_6, free_rank4 = free(7, 5), free(5, 7, 3), free(5, 7, 6), free(3, 4, 5)


def batch_norm(name, why, shape, inputs=None, **arguments):
    return layer_case(f"batch_norm_{name}", why, shape, lambda: layers.BatchNormalization(**arguments), inputs)


def behind(name, why, shape, *chain, **more):
    """BatchNormalization behind other layers; ``chain`` holds functions that make them."""
    return layer_case(f"batch_norm_{name}", why, shape, lambda: [make() for make in chain], **more)


def group_norm(name, why, shape, inputs=None, **arguments):
    return layer_case(f"group_norm_{name}", why, shape, lambda: layers.GroupNormalization(**arguments), inputs)


def unit_norm(name, why, shape, inputs=None, **arguments):
    h5 = False if isinstance(arguments.get("axis"), list) else None
    return layer_case(f"unit_norm_{name}", why, shape, lambda: layers.UnitNormalization(**arguments), inputs, h5=h5)


def rms_norm(name, why, shape, inputs=None, atol=1e-4, rtol=1e-3, **arguments):
    return layer_case(
        f"rms_norm_{name}",
        why,
        shape,
        lambda: layers.RMSNormalization(**arguments),
        inputs,
        h5=False,
        atol=atol,
        rtol=rtol,
    )


def spectral(name, why, shape, make, **arguments):
    return layer_case(
        f"spectral_norm_{name}", why, shape, lambda: layers.SpectralNormalization(make(), **arguments), h5=False,
        no_reload=UNREGISTERED,
    )


def layer_norm(name, why, shape, inputs=None, **arguments):
    """A LayerNormalization case; a list of axes cannot be read back from .h5 by Keras 3."""
    excuse = None
    if isinstance(arguments.get("axis"), list):
        excuse = {"keras3_h5": "Keras 3 reads a list axis from .h5 as a number."}
    return layer_case(
        f"layer_norm_{name}", why, shape, lambda: layers.LayerNormalization(**arguments), inputs, no_reload=excuse
    )


BATCH = [
    batch_norm("rank2", "BatchNormalization on (batch, features).", (5,)),
    batch_norm("rank3", "On rank 3, last axis.", (4, 5)),
    batch_norm("rank4", "On rank 4, last axis.", (3, 4, 5)),
    batch_norm("rank5", "On rank 5, last axis.", (2, 3, 4, 5)),
    batch_norm("no_scale", "No gamma: the weight list starts with beta.", (4, 5), scale=False),
    batch_norm("no_center", "No beta.", (4, 5), center=False),
    batch_norm("no_scale_no_center", "Only the moving statistics.", (5,), scale=False, center=False),
    batch_norm("epsilon", "A large epsilon.", (5,), epsilon=0.25, momentum=0.8),
    batch_norm("axis1_rank3", "Axis 1 of rank 3.", (4, 5), axis=1),
    batch_norm("axis1_rank4", "Axis 1 of rank 4, as channels_first models have it.", (3, 4, 5), axis=1),
    batch_norm("axis2_rank4", "Axis 2 of rank 4.", (3, 4, 5), axis=2),
    batch_norm("axis_minus2", "Axis -2.", (3, 4, 5), axis=-2),
    batch_norm("axis3_rank4", "Axis 3 of rank 4, the last by its positive number.", (3, 4, 5), axis=3),
    batch_norm("frozen", "trainable=False.", (5,), trainable=False),
    behind(
        "after_dense",
        "Behind a Dense, which it can be folded into.",
        (4,),
        lambda: layers.Dense(5),
        layers.BatchNormalization,
    ),
    behind(
        "after_dense_relu",
        "Behind a Dense with relu, which it cannot be folded into.",
        (4,),
        lambda: layers.Dense(5, activation="relu"),
        layers.BatchNormalization,
        lambda: layers.Dense(3),
    ),
    behind(
        "before_dense",
        "Before a Dense.",
        (4,),
        layers.BatchNormalization,
        lambda: layers.Dense(5),
        container=sequential,
        h5=True,
    ),
    behind("after_conv1d", "Behind a Conv1D.", (8, 3), lambda: layers.Conv1D(4, 3), layers.BatchNormalization),
    behind(
        "after_conv", "Behind a Conv2D.", (6, 7, 3), lambda: layers.Conv2D(4, 3), layers.BatchNormalization, h5=True
    ),
    behind(
        "after_conv_no_bias",
        "Behind a Conv2D without bias, before a ReLU: the usual block.",
        (6, 7, 3),
        lambda: layers.Conv2D(4, 3, padding="same", use_bias=False),
        lambda: layers.BatchNormalization(scale=False),
        layers.ReLU,
    ),
    behind(
        "after_conv_axis1",
        "Behind a Conv2D over an axis that is not the channels: no fold.",
        (6, 7, 3),
        lambda: layers.Conv2D(4, 3),
        lambda: layers.BatchNormalization(axis=1),
    ),
    behind(
        "after_depthwise",
        "Behind a depthwise convolution with multiplier 2.",
        (6, 7, 3),
        lambda: layers.DepthwiseConv2D(3, depth_multiplier=2, use_bias=False),
        layers.BatchNormalization,
    ),
    behind(
        "after_separable",
        "Behind a separable convolution.",
        (6, 7, 3),
        lambda: layers.SeparableConv2D(4, 3),
        layers.BatchNormalization,
    ),
    behind(
        "after_transpose",
        "Behind a transposed convolution.",
        (4, 5, 3),
        lambda: layers.Conv2DTranspose(2, 3, strides=2),
        layers.BatchNormalization,
    ),
    behind("after_conv3d", "Behind a Conv3D.", (4, 5, 6, 2), lambda: layers.Conv3D(3, 2), layers.BatchNormalization),
    behind(
        "after_groups",
        "Behind a convolution in two groups.",
        (6, 7, 4),
        lambda: layers.Conv2D(6, 3, groups=2),
        layers.BatchNormalization,
    ),
    behind(
        "before_same_conv",
        "Before a padded convolution: a fold forward would be wrong at the border.",
        (6, 7, 3),
        layers.BatchNormalization,
        lambda: layers.Conv2D(4, 3, padding="same"),
    ),
    behind("twice", "Two in a row.", (4, 5), layers.BatchNormalization, lambda: layers.BatchNormalization(axis=1)),
    channels_first_case(
        "batch_norm_after_conv_channels_first",
        "Behind a channels_first convolution, axis 1.",
        (3, 6, 7),
        lambda data_format: [
            layers.Conv2D(4, 3, data_format=data_format),
            layers.BatchNormalization(axis=channel_axis(data_format)),
            layers.ReLU(),
            layers.Conv2D(2, 2, data_format=data_format),
        ],
        h5=True,
    ),
]

LAYER = [
    layer_norm("rank2", "LayerNormalization on (batch, features), epsilon 1e-3.", (6,)),
    layer_norm("rank3", "Last axis of rank 3.", (4, 6)),
    layer_norm("rank4", "Last axis of rank 4.", (3, 4, 5)),
    layer_norm("axis1", "Axis 1 of rank 3.", (4, 6), axis=1),
    layer_norm("axis2_rank4", "Axis 2 of rank 4.", (3, 4, 5), axis=2),
    layer_norm("axes_1_2", "Axes 1 and 2 of rank 3 together.", (4, 6), axis=[1, 2]),
    layer_norm("axes_2_3", "The two last axes of rank 4.", (3, 4, 5), axis=[2, 3]),
    layer_norm("axes_1_3", "Axes 1 and 3 of rank 4, not beside each other.", (3, 4, 5), axis=[1, 3]),
    layer_norm("axes_all", "All axes but the batch.", (3, 4, 5), axis=[1, 2, 3]),
    layer_norm("no_scale", "No gamma.", (4, 6), scale=False),
    layer_norm("no_center", "No beta.", (4, 6), center=False),
    layer_norm("no_scale_no_center", "No weights at all.", (4, 6), scale=False, center=False),
    layer_norm("epsilon", "A large epsilon.", (4, 6), epsilon=0.3),
    layer_norm("small_epsilon", "A small epsilon.", (4, 6), epsilon=1e-6),
    layer_case(
        "layer_norm_chain",
        "Between two Dense layers.",
        (4, 5),
        lambda: [layers.Dense(6), layers.LayerNormalization(), layers.Dense(3)],
        container=functional,
        h5=True,
    ),
]

BATCH += [
    batch_norm("axis1_rank5", "Axis 1 of rank 5.", (2, 3, 4, 5), axis=1),
    batch_norm("axis_minus1_free_size", "An unknown height and width.", (None, None, 3), inputs=free_image),
    batch_norm("renorm", "Batch renormalization: three more weights, the same inference.", (4, 5), renorm=True),
    batch_norm(
        "renorm_clipped",
        "Batch renormalization with limits, without gamma.",
        (3, 4, 5),
        axis=1,
        scale=False,
        renorm=True,
        renorm_clipping={"rmax": 3.0, "rmin": 0.5, "dmax": 5.0},
        renorm_momentum=0.9,
    ),
    batch_norm("synchronized", "Statistics of all replicas.", (4, 5), synchronized=True),
    behind(
        "masked",
        "The mask goes through; the moving statistics stay as they are.",
        (7, 3),
        layers.Masking,
        layers.BatchNormalization,
        lambda: layers.LSTM(4),
        inputs=masked_steps((7, 3)),
        h5=False,
    ),
    layer_case(
        "batch_norm_sync_class",
        "SyncBatchNormalization of tf.keras's experimental names.",
        (4, 5),
        lambda: layers.experimental.SyncBatchNormalization(axis=1),
        generations=("keras2",),
    ),
]

LAYER += [
    layer_norm("axis_negative_list", "The axes -2 and -1.", (3, 4, 5), axis=[-2, -1]),
    layer_norm("axis1_free_size", "Axis 2 of known size between unknown ones.", (None, 4, None), axis=2, inputs=free_rank4),
    layer_case(
        "layer_norm_rms_scaling",
        "rms_scaling: divided by the deviation, the mean stays; no beta.",
        (4, 6),
        lambda: layers.LayerNormalization(rms_scaling=True),
        generations=KERAS3_ONLY,
    ),
    layer_case(
        "layer_norm_rms_scaling_axes",
        "rms_scaling over axes 1 and 2; a gamma even without scale.",
        (3, 4, 5),
        lambda: layers.LayerNormalization(axis=[1, 2], scale=False, rms_scaling=True),
        generations=KERAS3_ONLY,
        h5=False,
    ),
    layer_case(
        "layer_norm_mixed_float16",
        "float16 between, float32 within.",
        (4, 6),
        lambda: layers.LayerNormalization(dtype="mixed_float16"),
        inputs=lambda rng, batch: [(300.0 * rng.normal(size=(batch, 4, 6))).astype("float32")],
        atol=1e-2,
        rtol=1e-2,
        h5=False,
    ),
]

GROUP = [
    group_norm("rank2", "GroupNormalization of (batch, features).", (6,), groups=3),
    group_norm("rank3", "Two groups of a sequence.", (4, 6), groups=2),
    group_norm("rank4", "Three groups of an image.", (4, 5, 6), groups=3),
    group_norm("rank5", "Two groups of a volume.", (2, 3, 4, 6), groups=2),
    group_norm("one_group", "One group: statistics of the whole sample.", (3, 4, 6), groups=1),
    group_norm("instances", "As many groups as channels.", (3, 4, 6), groups=6),
    group_norm("minus1", "-1 is as many groups as channels.", (3, 4, 6), groups=-1),
    group_norm("axis1", "Groups of axis 1, as channels_first models have them.", (6, 3, 4), groups=3, axis=1),
    group_norm("axis2", "Groups of the middle axis.", (3, 6, 4), groups=2, axis=2),
    group_norm("axis_minus2", "Axis -2.", (3, 6, 4), groups=2, axis=-2),
    group_norm("no_scale", "No gamma.", (4, 6), groups=2, scale=False),
    group_norm("no_center", "No beta.", (4, 6), groups=2, center=False),
    group_norm("bare", "No weights at all.", (4, 6), groups=2, scale=False, center=False),
    group_norm("epsilon", "A large epsilon.", (4, 6), groups=2, epsilon=0.3),
    group_norm("free_size", "An unknown height and width.", (None, None, 6), groups=3, inputs=free_image_6),
    layer_case(
        "group_norm_chain",
        "Behind a convolution, before a Dense.",
        (6, 5, 3),
        lambda: [layers.Conv2D(4, 3), layers.GroupNormalization(2), layers.ReLU(), layers.Dense(3)],
        h5=True,
    ),
    layer_case(
        "group_norm_masked",
        "Keras 3 lets the mask through and counts every step.",
        (7, 4),
        lambda: [layers.Masking(), layers.GroupNormalization(2), layers.LSTM(3)],
        inputs=masked_steps((7, 4)),
        generations=KERAS3_ONLY,
        h5=False,
    ),
    layer_case(
        "group_norm_mixed_float16",
        "float16 between, float32 within.",
        (4, 6),
        lambda: layers.GroupNormalization(2, dtype="mixed_float16"),
        inputs=lambda rng, batch: [(300.0 * rng.normal(size=(batch, 4, 6))).astype("float32")],
        generations=KERAS3_ONLY,
        atol=1e-2,
        rtol=1e-2,
        h5=False,
    ),
]

RMS = [] if KERAS2 else [
    rms_norm("rank2", "RMSNormalization of (batch, features).", (6,)),
    rms_norm("rank4", "Last axis of rank 4.", (3, 4, 5)),
    rms_norm("epsilon", "A large epsilon.", (4, 6), epsilon=0.3),
    rms_norm("axes_1_2", "Axes 1 and 2 of rank 3 together.", (4, 6), axis=[1, 2]),
    rms_norm("axes_2_3", "The two last axes of rank 4.", (3, 4, 5), axis=[2, 3]),
    rms_norm("axis1_square", "The mean is of axis 1, the scale multiplies axis 2.", (4, 4), axis=1),
    rms_norm("free_steps", "An unknown number of steps.", (None, 5), inputs=free_steps),
    rms_norm(
        "mixed_float16",
        "float16 between, float32 within.",
        (4, 6),
        dtype="mixed_float16",
        inputs=lambda rng, batch: [(300.0 * rng.normal(size=(batch, 4, 6))).astype("float32")],
        atol=1e-2,
        rtol=1e-2,
    ),
    layer_case(
        "rms_norm_masked",
        "The mask ends here: the mean behind it counts every step.",
        (7, 3),
        lambda: [layers.Masking(), layers.RMSNormalization(), layers.GlobalAveragePooling1D()],
        inputs=masked_steps((7, 3)),
        h5=False,
    ),
]

UNIT = [
    unit_norm("rank2", "UnitNormalization of (batch, features).", (6,)),
    unit_norm("rank3", "Last axis of rank 3.", (4, 6)),
    unit_norm("axis1", "Axis 1 of rank 3.", (4, 6), axis=1),
    unit_norm("axes_1_2", "Axes 1 and 2 together.", (3, 4, 5), axis=[1, 2]),
    unit_norm("axis_minus2", "Axis -2.", (3, 4, 5), axis=-2),
    unit_norm("free_steps", "An unknown number of steps.", (None, 5), inputs=free_steps),
    unit_norm(
        "short",
        "Lengths of 1e-3, 1e-7 and 0: what is taken for zero differs between Keras 2 and 3.",
        (4,),
        inputs=lambda rng, batch: [rng.normal(size=(3, 4)).astype("float32") * np.float32([[1e-3], [1e-7], [0.0]])],
    ),
    layer_case(
        "unit_norm_masked",
        "The mask goes through.",
        (7, 3),
        lambda: [layers.Masking(), layers.UnitNormalization(), layers.LSTM(4)],
        inputs=masked_steps((7, 3)),
        h5=False,
    ),
]

SPECTRAL = [
    spectral("dense", "Around a Dense.", (5,), lambda: layers.Dense(4, activation="tanh")),
    spectral("dense_no_bias", "Around a Dense without bias.", (3, 5), lambda: layers.Dense(4, use_bias=False)),
    spectral("conv2d", "Around a Conv2D.", (6, 7, 3), lambda: layers.Conv2D(4, 3, strides=2), power_iterations=3),
    spectral("transpose", "Around a Conv2DTranspose.", (4, 5, 3), lambda: layers.Conv2DTranspose(2, 3)),
    spectral("frozen", "Frozen: vector_u stands before the kernel.", (5,), lambda: layers.Dense(4), trainable=False),
    layer_case(
        "spectral_norm_between",
        "Two of them, with layers between.",
        (6, 5, 3),
        lambda: [
            layers.SpectralNormalization(layers.Conv2D(4, 3)),
            layers.LeakyReLU(),
            layers.Flatten(),
            layers.SpectralNormalization(layers.Dense(3)),
            layers.Dense(2),
        ],
        h5=False,
        no_reload=UNREGISTERED,
    ),
    Case(
        "spectral_norm_embedding",
        "Around an Embedding.",
        lambda: functional((6,), [layers.SpectralNormalization(layers.Embedding(9, 4)), layers.LSTM(3)], "int32"),
        inputs=masked_tokens(6, 9),
        generations=("keras2",),  # Keras 3 casts the output to the type of the tokens
        no_reload=UNREGISTERED,
    ),
    layer_case(
        "spectral_norm_masked",
        "A mask into the wrapper, an LSTM behind it.",
        (7, 3),
        lambda: [layers.Masking(), layers.SpectralNormalization(layers.Dense(4)), layers.LSTM(3)],
        inputs=masked_steps((7, 3)),
        h5=False,
        no_reload=UNREGISTERED,
    ),
]

CASES = BATCH + LAYER + GROUP + RMS + UNIT + SPECTRAL
