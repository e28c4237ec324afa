"""The layers that only keras.applications has, in blocks as its networks have them."""

from keras.src.applications.convnext import LayerScale, StochasticDepth
from keras.src.applications.inception_resnet_v2 import CustomScaleLayer

from building import functional
from case_writer import OPERATIONS_IN_H5, Case
from generation import keras, layers

# load_model finds most of them only where it is told.
for layer in (LayerScale, StochasticDepth, CustomScaleLayer):
    keras.utils.get_custom_objects().setdefault(layer.__name__, layer)


def conv_next():
    """A block of ConvNeXt: a depthwise convolution, two Dense, the scaled branch added."""
    source = keras.Input((6, 5, 3), name="image")
    value = layers.Conv2D(3, 3, padding="same", groups=3)(source)
    value = layers.LayerNormalization(epsilon=1e-6)(value)
    value = layers.Dense(3)(layers.Dense(12, activation="gelu")(value))
    value = StochasticDepth(0.3)(LayerScale(1e-6, 3)(value))
    return keras.Model(source, source + value)


def inception_residual():
    """A block of InceptionResNetV2: the branch scaled by a number and added."""
    source = keras.Input((6, 5, 3), name="image")
    branches = [layers.Conv2D(2, 1)(source), layers.Conv2D(4, 3, padding="same")(source)]
    up = layers.Conv2D(3, 1)(layers.Concatenate()(branches))
    return keras.Model(source, layers.Activation("relu")(CustomScaleLayer(0.17)([source, up])))


CASES = [
    Case(
        "conv_next_block",
        "LayerScale scales each channel, StochasticDepth passes everything on.",
        conv_next,
        h5=True,
        no_reload=OPERATIONS_IN_H5,
    ),
    Case(
        "layer_scale_steps",
        "LayerScale over the steps of a sequence of unknown length.",
        lambda: functional((None, 4), [LayerScale(0.5, 4), layers.Dense(3)]),
    ),
    Case("inception_residual_block", "The second input is scaled, not the first.", inception_residual, h5=True),
    Case(
        "inception_residual_block_v3",
        "tf.keras keeps the class's package apart from its name.",
        inception_residual,
        generations=("keras2",),
        v3=True,
    ),
]
