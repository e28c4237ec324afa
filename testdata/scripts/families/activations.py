"""Every activation function by name, and the layers that are activations with parameters."""

import numpy as np

from building import channels_first_case, functional, layer_case
from case_writer import Case
from generation import KERAS2, keras, layers

# What keras.activations of each generation offers; `threshold` of Keras 3 needs arguments and has no name form.
COMMON = [
    "elu",
    "exponential",
    "gelu",
    "hard_sigmoid",
    "linear",
    "mish",
    "relu",
    "selu",
    "sigmoid",
    "softmax",
    "softplus",
    "softsign",
    "swish",
    "tanh",
]
ONLY_KERAS3 = [
    "celu",
    "glu",
    "hard_shrink",
    "hard_silu",
    "hard_tanh",
    "leaky_relu",
    "log_sigmoid",
    "log_softmax",
    "relu6",
    "silu",
    "soft_shrink",
    "sparse_plus",
    "sparse_sigmoid",
    "sparsemax",
    "squareplus",
    "tanh_shrink",
]
FUNCTIONS = COMMON if KERAS2 else COMMON + ONLY_KERAS3
IN_DENSE = ["elu", "gelu", "hard_sigmoid", "hard_silu", "leaky_relu", "mish", "relu", "relu6", "selu", "sigmoid"]
IN_DENSE += ["softmax", "softplus", "softsign", "swish", "tanh", "exponential", "log_softmax"]


def wide(shape):
    """Inputs from about -6 to 6, so that every branch of a piecewise function is taken."""
    return lambda rng, batch: [rng.uniform(-6.0, 6.0, (batch, *shape)).astype("float32")]


def narrow(shape):
    """Inputs from -2 to 2 for functions that grow fast."""
    return lambda rng, batch: [rng.uniform(-2.0, 2.0, (batch, *shape)).astype("float32")]


def by_name(name):
    inputs = narrow if name == "exponential" else wide
    return layer_case(
        f"activation_{name}",
        f"Activation('{name}') over both signs and beyond every kink.",
        (4, 6),
        lambda: layers.Activation(name),
        inputs((4, 6)),
    )


def in_dense(name):
    return layer_case(
        f"dense_{name}", f"'{name}' as the activation of a Dense.", (5,), lambda: layers.Dense(6, activation=name)
    )


def slope(value):
    """LeakyReLU's slope by the name that the generation gives it."""
    return {"alpha": value} if KERAS2 else {"negative_slope": value}


def relu(name, why, **arguments):
    return layer_case(name, why, (4, 6), lambda: layers.ReLU(**arguments), wide((4, 6)))


def softmax(name, why, shape, axis, **more):
    return layer_case(name, why, shape, lambda: layers.Softmax(axis=axis), **more)


def prelu(name, why, shape, **arguments):
    return layer_case(name, why, shape, lambda: layers.PReLU(**arguments), wide(shape))


def layer_as_activation():
    """A Dense whose activation is a LeakyReLU layer: the config holds a layer where a name usually stands."""
    source = keras.Input((5,), name="x")
    return keras.Model(source, layers.Dense(4, activation=layers.LeakyReLU(**slope(0.15)))(source))


CASES = [
    *[by_name(name) for name in FUNCTIONS],
    *[in_dense(name) for name in IN_DENSE if name in FUNCTIONS],
    layer_case(
        "conv_hard_sigmoid",
        "hard_sigmoid inside a convolution (its slope differs between the generations).",
        (7, 3),
        lambda: layers.Conv1D(4, 2, activation="hard_sigmoid"),
        h5=True,
    ),
    layer_case("activation_softmax_rank2", "Softmax on rank 2.", (5,), lambda: layers.Activation("softmax")),
    layer_case(
        "activation_softmax_rank4",
        "Softmax over the last axis of rank 4.",
        (2, 3, 4),
        lambda: layers.Activation("softmax"),
    ),
    relu("relu", "ReLU without parameters."),
    relu("relu_max_value", "ReLU cut at 2.5.", max_value=2.5),
    relu("relu_negative_slope", "ReLU with a slope below zero.", negative_slope=0.2),
    relu("relu_threshold", "ReLU that starts at 1.5: values below become zero.", threshold=1.5),
    relu("relu_all", "max(x), slope*(x - threshold) and x in one.", max_value=3.0, negative_slope=0.1, threshold=0.75),
    # A negative threshold: both generations refuse it.
    layer_case(
        "leaky_relu_default",
        "LeakyReLU with Keras's default slope 0.3.",
        (4, 6),
        lambda: layers.LeakyReLU(),
        wide((4, 6)),
        h5=True,
    ),
    layer_case(
        "leaky_relu",
        "LeakyReLU with slope 0.07.",
        (4, 6),
        lambda: layers.LeakyReLU(**slope(0.07)),
        wide((4, 6)),
        h5=True,
    ),
    layer_case("elu_default", "ELU with alpha 1.", (4, 6), lambda: layers.ELU(), wide((4, 6))),
    layer_case("elu_alpha", "ELU with alpha 0.4.", (4, 6), lambda: layers.ELU(alpha=0.4), wide((4, 6)), h5=True),
    prelu("prelu_rank2", "PReLU with one alpha per feature.", (5,)),
    prelu("prelu_rank3", "PReLU with one alpha per step and feature.", (4, 5)),
    prelu("prelu_rank4", "PReLU with one alpha per position and channel.", (3, 4, 5)),
    prelu(
        "prelu_shared_space",
        "PReLU that shares rows and columns: one alpha per channel.",
        (3, 4, 5),
        shared_axes=[1, 2],
    ),
    prelu("prelu_shared_rows", "PReLU that shares rows only.", (3, 4, 5), shared_axes=[1]),
    prelu("prelu_shared_channels", "PReLU that shares channels.", (3, 4, 5), shared_axes=[3]),
    layer_case(
        "prelu_after_conv",
        "PReLU between convolutions, where layout passes move the channel axis.",
        (6, 7, 3),
        lambda: [layers.Conv2D(4, 2), layers.PReLU(shared_axes=[1, 2]), layers.Conv2D(2, 3)],
    ),
    softmax("softmax_rank4_axis1", "Softmax over the first of three axes.", (5, 3, 4), 1),
    softmax("softmax_default", "Softmax over the last axis.", (4, 5), -1),
    softmax("softmax_axis1", "Softmax over axis 1 of rank 3.", (4, 5), 1),
    softmax("softmax_axis2_of_4", "Softmax over axis 2 of rank 4.", (3, 4, 5), 2),
    softmax("softmax_axis_minus2", "Softmax over axis -2.", (3, 4, 5), -2),
    softmax(
        "softmax_two_axes",
        "Softmax over two axes at once.",
        (3, 4, 5),
        [1, 2],
        h5=True,
        no_reload={"keras3_h5": "Keras 3 reads a list axis from .h5 as -1."},
    ),
    Case("dense_leaky_relu_layer", "A LeakyReLU layer as the activation of a Dense.", layer_as_activation),
    channels_first_case(
        "prelu_channels_first",
        "PReLU on channels_first data, shared over the space.",
        (3, 6, 7),
        lambda data_format: [
            layers.Conv2D(4, 3, data_format=data_format),
            layers.PReLU(shared_axes=[1, 2, 3]),
        ],
    ),
]

if not KERAS2:
    CASES += [
        layer_case(
            "activation_hard_swish",
            "hard_swish is hard_silu by its other name.",
            (4, 6),
            lambda: layers.Activation("hard_swish"),
            wide((4, 6)),
        ),
    ]
else:
    CASES += [
        layer_case(
            "thresholded_relu_edges",
            "theta itself is not above theta; masks go through.",
            (5, 3),
            lambda: [layers.Masking(), layers.ThresholdedReLU(theta=0.5), layers.LSTM(4)],
            lambda rng, batch: [rng.choice(np.float32([0, 0.5, 0.25, 1, -2]), (4, 5, 3))],
        ),
        layer_case(
            "thresholded_relu_zero",
            "theta 0 is ReLU.",
            (4, 6),
            lambda: layers.ThresholdedReLU(theta=0.0),
            wide((4, 6)),
        ),
        layer_case(
            "thresholded_relu",
            "ThresholdedReLU, which Keras 3 no longer has.",
            (4, 6),
            lambda: layers.ThresholdedReLU(theta=0.8),
            wide((4, 6)),
            container=functional,
        ),
        layer_case(
            "activation_silu",
            "silu is swish by its other name.",
            (4, 6),
            lambda: layers.Activation("silu"),
            wide((4, 6)),
        ),
    ]
