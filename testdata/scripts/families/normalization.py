"""BatchNormalization and LayerNormalization, alone and behind the layers that a fold could merge them into."""

from building import channel_axis, channels_first_case, functional, layer_case, sequential
from generation import layers


def batch_norm(name, why, shape, **arguments):
    return layer_case(f"batch_norm_{name}", why, shape, lambda: layers.BatchNormalization(**arguments))


def behind(name, why, shape, *chain, **more):
    """BatchNormalization behind other layers; ``chain`` holds functions that make them."""
    return layer_case(f"batch_norm_{name}", why, shape, lambda: [make() for make in chain], **more)


def layer_norm(name, why, shape, **arguments):
    """A LayerNormalization case; a list of axes cannot be read back from .h5 by Keras 3."""
    excuse = None
    if isinstance(arguments.get("axis"), list):
        excuse = {"keras3_h5": "Keras 3 reads a list axis from .h5 as a number."}
    return layer_case(
        f"layer_norm_{name}", why, shape, lambda: layers.LayerNormalization(**arguments), no_reload=excuse
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

CASES = BATCH + LAYER
