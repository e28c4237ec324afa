"""Writes one configuration of every layer of the Keras that runs this, as Keras writes it into a model's configuration.

    python testdata/scripts/layer_configs.py layers_keras_3_15.json

Runs on Python 3.6 too, for Keras 1.
"""

import inspect
import json
import sys

import keras
from keras import layers

KERAS_1 = keras.__version__.startswith("1.")
KERAS_2 = keras.__version__.startswith("2.")

ARGUMENTS = {
    "Activation": ["relu"],
    "AdaptiveAveragePooling1D": [2],
    "AdaptiveAveragePooling2D": [2],
    "AdaptiveAveragePooling3D": [2],
    "AdaptiveMaxPooling1D": [2],
    "AdaptiveMaxPooling2D": [2],
    "AdaptiveMaxPooling3D": [2],
    "AlphaDropout": [0.3],
    "AveragePooling1D": [2],
    "AveragePooling2D": [2],
    "AveragePooling3D": [2],
    "CategoryEncoding": [4],
    "CenterCrop": [3, 4],
    "Conv1D": [3, 2],
    "Conv1DTranspose": [3, 2],
    "Conv2D": [3, 2],
    "Conv2DTranspose": [3, 2],
    "Conv3D": [3, 2],
    "Conv3DTranspose": [3, 2],
    "ConvLSTM1D": [3, 2],
    "ConvLSTM2D": [3, 2],
    "ConvLSTM3D": [3, 2],
    "Dense": [3],
    "DepthwiseConv1D": [2],
    "DepthwiseConv2D": [2],
    "Discretization": [[0.5, 1.5]],
    "Dot": [1],
    "Dropout": [0.3],
    "EinsumDense": ["ab,bc->ac", 3],
    "Embedding": [5, 3],
    "GaussianDropout": [0.3],
    "GaussianNoise": [0.3],
    "GRU": [3],
    "GRUCell": [3],
    "GroupedQueryAttention": [3, 4, 2],
    "HashedCrossing": [5],
    "Hashing": [5],
    "LSTM": [3],
    "LSTMCell": [3],
    "LocallyConnected1D": [3, 2],
    "LocallyConnected2D": [3, 2],
    "MaxNumBoundingBoxes": [4],
    "MultiHeadAttention": [2, 3],
    "Permute": [[2, 1]],
    "RandomBrightness": [0.3],
    "RandomContrast": [0.3],
    "RandomCrop": [3, 4],
    "RandomHeight": [0.3],
    "RandomHue": [0.3],
    "RandomPosterization": [4],
    "RandomRotation": [0.3],
    "RandomSharpness": [0.3],
    "RandomTranslation": [0.3, 0.2],
    "RandomWidth": [0.3],
    "RandomZoom": [0.3],
    "RepeatVector": [3],
    "Rescaling": [0.5],
    "Reshape": [[6]],
    "Resizing": [3, 4],
    "ReversibleEmbedding": [5, 3],
    "SeparableConv1D": [3, 2],
    "SeparableConv2D": [3, 2],
    "SimpleRNN": [3],
    "SimpleRNNCell": [3],
    "SpatialDropout1D": [0.3],
    "SpatialDropout2D": [0.3],
    "SpatialDropout3D": [0.3],
}
KEYWORDS = {
    "InputLayer": {"input_shape" if KERAS_2 else "shape": (4,)},
    "IntegerLookup": {"vocabulary": [3, 5]},
    "RandomSaturation": {"factor": 0.3},
    "RandomColorDegeneration": {"factor": 0.3},
    "StringLookup": {"vocabulary": ["a", "b"]},
    "TextVectorization": {"vocabulary": ["a", "b"]},
}


# Where Keras 1 wants other arguments.
ARGUMENTS_1 = {
    "AtrousConvolution1D": [3, 2],
    "AtrousConvolution2D": [3, 2, 2],
    "AveragePooling2D": [],
    "AveragePooling3D": [],
    "ConvLSTM2D": [3, 2, 2],
    "Convolution1D": [3, 2],
    "Convolution2D": [3, 2, 2],
    "Convolution3D": [3, 2, 2, 2],
    "Deconvolution2D": [3, 2, 2, (None, 5, 5, 3)],
    "LocallyConnected2D": [3, 2, 2],
    "MaxoutDense": [3],
    "SeparableConvolution2D": [3, 2, 2],
    "TimeDistributedDense": [3],
}
KEYWORDS_1 = {"InputLayer": {"input_shape": (4,)}, "Merge": {"mode": "cos", "dot_axes": 1}}


def inner_layers():
    """Layers that hold others."""
    inner = {"Bidirectional": [layers.LSTM(3)], "TimeDistributed": [layers.Dense(3)]}
    if KERAS_1:
        return inner
    inner.update(
        {
        "RNN": [layers.GRUCell(3)],
        "SpectralNormalization": [layers.Dense(3)],
        "StackedRNNCells": [[layers.GRUCell(3), layers.LSTMCell(2)]],
        }
    )
    if not KERAS_2:
        inner["Pipeline"] = [[layers.Rescaling(0.5)]]
    return inner


def classes():
    """Every layer class that the Keras at hand has, but those that are there to be extended."""
    named = {v for v in vars(layers).values() if inspect.isclass(v) and issubclass(v, layers.Layer)}
    for layer_class in sorted(named, key=lambda c: c.__name__):
        if layer_class.__name__ not in ("AbstractRNNCell", "ConvRecurrent2D", "Layer", "Recurrent"):
            yield layer_class.__name__, layer_class


def without_ids(tree):
    if isinstance(tree, dict):
        return {k: without_ids(v) for k, v in tree.items() if k != "shared_object_id"}
    return [without_ids(v) for v in tree] if isinstance(tree, list) else tree


def written(layer):
    if KERAS_1:
        return {"class_name": type(layer).__name__, "config": layer.get_config()}
    return layers.serialize(layer)


def configurations():
    arguments = dict(ARGUMENTS)
    arguments.update(inner_layers())
    keywords = dict(KEYWORDS)
    if KERAS_1:
        arguments.update(ARGUMENTS_1)
        keywords = KEYWORDS_1
    for name, layer_class in classes():
        if not KERAS_1:
            keras.backend.clear_session()
        try:
            layer = layer_class(*arguments.get(name, []), **keywords.get(name, {}))
            tree = json.loads(json.dumps(written(layer)))
        except (NotImplementedError, TypeError) as reason:
            print("left out {}: {}".format(name, reason), file=sys.stderr)
            continue
        tree["name"] = layer.name
        yield without_ids(tree)


if __name__ == "__main__":
    with open(sys.argv[1], "w") as target:
        json.dump(list(configurations()), target, indent=1)
        target.write("\n")
