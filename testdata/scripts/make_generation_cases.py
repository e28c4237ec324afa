"""Writes the case directories of testdata/generations: the same small models by the Keras that others forget.

    python testdata/scripts/make_generation_cases.py [--only 'conv*']
    KERAS_BACKEND=theano THEANO_FLAGS=blas.ldflags= python testdata/scripts/make_generation_cases.py

Runs on whichever of these is installed (testdata/requirements-*.txt have the pins); the form of a case says which:

    keras2_2, keras2_2_theano   Keras 2.2.4 on TensorFlow 1.13 or Theano 1.0
    keras2_3                    Keras 2.3.1 on TensorFlow 1.15
    tf2_1                       tf.keras of TensorFlow 2.1, which calls itself 2.2.4-tf
    tf2_8                       tf.keras of TensorFlow 2.8
    tf_keras                    the package tf_keras 2.21, which goes on with Keras 2
    keras3_0                    Keras 3.0.5 on TensorFlow 2.16
    keras3_6                    Keras 3.6.0 on TensorFlow 2.16
    keras3                      Keras 3.15.1, for containers that no other writes

Behind it stands the container: h5, keras, json (weights beside it as save_weights writes them), yaml, for tf_keras
legacy (weights beside it in the older form), shards (.weights.json), npz (plain arrays under the names of the weights),
positional (numpy.savez(*model.get_weights())), folder. Case options are what loading was told beside. Weights and inputs have the names of case and layer as seed, so a case has
the same in all forms. Cases that are there already are left alone.
"""

import argparse
import fnmatch
import json
import os
import shutil
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np

try:
    import tf_keras as keras
except ImportError:
    try:
        import keras
    except ImportError:
        from tensorflow import keras

FORMS = {"2.2.4": "keras2_2", "2.3.1": "keras2_3", "2.2.4-tf": "tf2_1", "2.8.0": "tf2_8", "2.21.0": "tf_keras", "3.0.5": "keras3_0", "3.6.0": "keras3_6", "3.15.1": "keras3"}
FORM = FORMS.get(keras.__version__)
L = keras.layers
K = keras.backend
THEANO = FORM == "keras2_2" and K.backend() == "theano"
if THEANO:
    FORM += "_theano"
MULTI_BACKEND = ("keras2_2", "keras2_2_theano", "keras2_3")
TF = ("tf2_1", "tf_keras")
KERAS2 = MULTI_BACKEND + TF
ON_TENSORFLOW = ("keras2_2", "keras2_3") + TF
KERAS3 = ("keras3_0", "keras3")
EARLIER3 = ("keras3_0", "keras3_6")
ALL = KERAS2 + KERAS3
NOT_THEANO = ON_TENSORFLOW + ("keras3_0",)  # where Theano lacks the layer or its BLAS
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "generations")

CONTAINERS = {
    "keras2_2": ("h5", "json", "yaml", "positional"),
    "keras2_2_theano": ("h5", "json", "yaml", "positional"),
    "keras2_3": ("h5", "json", "yaml"),
    "tf2_1": ("h5", "json", "yaml", "npz"),
    "tf2_8": ("h5",),
    "tf_keras": ("h5", "keras", "json", "legacy", "npz", "positional"),
    "keras3_0": ("keras", "h5", "json"),
    "keras3_6": ("keras",),
    "keras3": ("shards", "npz", "positional", "folder"),
}

CASES = {}


def case(name, why, forms=ALL, everywhere=False, **more):
    """Registers a builder; a model goes to the first container of its form, or to every one of them."""

    def register(build):
        CASES[name] = dict(build=build, why=why, forms=forms, everywhere=everywhere, **more)
        return build

    return register


def chain(shape, *layers, **options):
    x = L.Input(shape, name="x", **options)
    y = x
    for layer in layers:
        y = layer(y)
    return keras.models.Model(x, y)


@case("conv_flatten", "Convolutions, pooling, normalization and a Dense behind Flatten.", everywhere=True)
def _():
    return chain(
        (8, 9, 3),
        L.Conv2D(4, (3, 2), activation="relu", name="conv"),
        L.BatchNormalization(name="norm"),
        L.MaxPooling2D((2, 3), name="pool"),
        L.Conv2D(2, 2, padding="same", strides=(2, 1), use_bias=False, name="conv_same"),
        L.Flatten(name="flat"),
        L.Dense(3, activation="softmax", name="dense"),
    )


@case("conv_flatten_first", "The same with channels first, as Theano computes them on any machine.", ("keras2_2_theano",))
def _():
    first = dict(data_format="channels_first")
    return chain(
        (3, 8, 9),
        L.Conv2D(4, (3, 2), activation="relu", name="conv", **first),
        L.BatchNormalization(axis=1, name="norm"),
        L.MaxPooling2D((2, 3), name="pool", **first),
        L.Conv2D(2, 2, padding="same", strides=(2, 1), use_bias=False, name="conv_same", **first),
        L.Flatten(name="flat"),
        L.Dense(3, activation="softmax", name="dense"),
    )


@case("flatten_to_last", "Flatten that puts channels first in order before.", MULTI_BACKEND)
def _():
    return chain((2, 3, 4), L.Flatten(data_format="channels_first", name="flat"), L.Dense(3, name="dense"))


@case("conv_kinds", "Transposed, separable and depthwise convolutions.", NOT_THEANO)
def _():
    return chain(
        (6, 7, 3),
        L.Conv2DTranspose(4, (3, 2), strides=(2, 1), padding="same", name="transposed"),
        L.SeparableConv2D(5, (2, 3), depth_multiplier=2, name="separable"),
        L.DepthwiseConv2D((3, 2), depth_multiplier=2, name="depthwise"),
    )


@case("conv_theano", "Transposed and dilated convolutions, kernels turned round.", ("keras2_2_theano",))
def _():
    first = dict(data_format="channels_first")
    return chain(
        (3, 6, 7),
        L.Conv2DTranspose(4, (3, 2), strides=(2, 1), name="transposed", **first),
        L.Conv2D(2, (2, 3), dilation_rate=(2, 1), name="dilated", **first),
    )


@case("conv_one_and_three", "Convolutions along one axis and along three.")
def _():
    one = L.Input((9, 3), name="one")
    three = L.Input((5, 6, 4, 2), name="three")
    a = L.Conv1D(4, 3, padding="causal", dilation_rate=2, name="conv1d")(one)
    b = L.Conv3D(3, (2, 3, 2), strides=(1, 2, 1), name="conv3d")(three)
    return keras.models.Model([one, three], [a, b])


@case("recurrent", "LSTM, GRU and SimpleRNN with other activations.", everywhere=True)
def _():
    return chain(
        (6, 4),
        L.LSTM(3, return_sequences=True, recurrent_activation="hard_sigmoid", name="lstm"),
        L.GRU(5, return_sequences=True, go_backwards=True, name="gru"),
        L.SimpleRNN(2, activation="relu", name="simple"),
    )


@case("gru_reset_after", "GRU in the variant of cuDNN, two rows of biases.")
def _():
    return chain((6, 4), L.GRU(3, reset_after=True, name="gru"))


@case("lstm_no_forget_bias", "LSTM without biases, and one with them from another implementation.")
def _():
    two = {} if FORM in KERAS3 else dict(implementation=2)
    return chain(
        (6, 4), L.LSTM(3, use_bias=False, return_sequences=True, name="bare"), L.LSTM(2, name="other", **two)
    )


@case("conv_lstm", "ConvLSTM2D, sequences and the last image.")
def _():
    return chain(
        (4, 5, 6, 3),
        L.ConvLSTM2D(3, (2, 3), padding="same", return_sequences=True, name="first"),
        L.ConvLSTM2D(2, 2, name="last"),
    )


@case("masked_bidirectional", "A mask through Bidirectional and TimeDistributed.", everywhere=True, integers=7)
def _():
    return chain(
        (6,),
        L.Embedding(7, 4, mask_zero=True, name="embedding"),
        L.Bidirectional(L.LSTM(3, return_sequences=True, name="lstm"), name="both"),
        L.TimeDistributed(L.Dense(4, activation="tanh", name="inner"), name="each"),
        L.Bidirectional(L.GRU(2, name="gru"), merge_mode="sum", name="sum"),
    )


@case("masked_bidirectional_steps", "What Bidirectional returns for masked steps: the last output, or zero in tf.keras.", KERAS2, integers=7)
def _():
    lstm = L.LSTM(3, return_sequences=True, recurrent_activation="hard_sigmoid", name="lstm")
    return chain((6,), L.Embedding(7, 4, mask_zero=True, name="embedding"), L.Bidirectional(lstm, name="both"))


@case("masking", "Masking into recurrent layers, the mask value other than zero.", masked=2.0)
def _():
    return chain((6, 4), L.Masking(2.0, name="masking"), L.LSTM(3, return_sequences=True, name="lstm"), L.GRU(2, name="gru"))


@case("nested_frozen", "A frozen layer and a normalization within a nested model move its weights.", everywhere=True)
def _():
    x = L.Input((5,), name="inner_x")
    frozen = L.Dense(4, activation="tanh", name="frozen")
    y = L.Dense(3, name="behind")(L.BatchNormalization(name="norm")(frozen(x)))
    inner = keras.models.Model(x, y, name="inner")
    frozen.trainable = False
    a, b = L.Input((5,), name="a"), L.Input((5,), name="b")
    both = L.concatenate([inner(a), inner(b)], name="both")
    return keras.models.Model([a, b], L.Dense(2, name="out")(both))


@case("nested_twice", "A model within a Sequential within a model, the whole of it frozen.")
def _():
    x = L.Input((5,), name="deep_x")
    deep = keras.models.Model(x, L.Dense(4, name="deep_dense")(L.BatchNormalization(name="deep_norm")(x)), name="deep")
    middle = keras.models.Sequential(name="middle")
    middle.add(L.Dense(5, activation="relu", input_shape=(3,), name="middle_dense"))
    middle.add(deep)
    middle.trainable = False
    outer = L.Input((3,), name="x")
    return keras.models.Model(outer, L.Dense(2, name="out")(middle(outer)))


@case("sequential", "A Sequential whose first layer names its input's shape.", everywhere=True)
def _():
    model = keras.models.Sequential(name="chain")
    model.add(L.Dense(5, input_dim=4, activation="elu", name="first"))
    model.add(L.Dropout(0.3, name="dropout"))
    model.add(L.LeakyReLU(0.2, name="leaky"))
    model.add(L.PReLU(name="prelu"))
    model.add(L.Dense(3, activation="hard_sigmoid", name="last"))
    return model


@case("shared_and_merged", "A layer that is called twice, merges of all kinds, two inputs and three outputs.", NOT_THEANO)
def _():
    a, b = L.Input((4,), name="a"), L.Input((4,), name="b")
    shared = L.Dense(3, activation="tanh", name="shared")
    x, y = shared(a), shared(b)
    merged = L.add([x, y], name="added")
    product = L.multiply([x, merged], name="product")
    largest = L.maximum([x, y, product], name="largest")
    mean = L.average([x, y], name="mean")
    minus = L.subtract([largest, mean], name="minus")
    dot = L.dot([x, y], axes=1, normalize=True, name="dot")
    return keras.models.Model([a, b], [L.concatenate([minus, merged], name="both"), dot, L.Dense(2, name="out")(mean)])


@case("encoder_decoder", "States of one recurrent layer begin another.", everywhere=True)
def _():
    source, target = L.Input((5, 3), name="source"), L.Input((4, 2), name="target")
    _, h, c = L.LSTM(4, return_state=True, name="encoder")(source)
    y = L.LSTM(4, return_sequences=True, name="decoder")(target, initial_state=[h, c])
    return keras.models.Model([source, target], L.TimeDistributed(L.Dense(3, name="word"), name="words")(y))


@case("stacked_cells", "RNN over a list of cells.", ("keras2_2", "keras2_3", "tf_keras", "keras3_0"))
def _():
    cells = [L.LSTMCell(3, name="one"), L.GRUCell(2, name="two")]
    return chain((5, 4), L.RNN(cells, return_sequences=True, name="rnn"))


@case("windows", "Pooling, padding, cropping and repeating of images.")
def _():
    return chain(
        (8, 9, 3),
        L.ZeroPadding2D(((1, 0), (0, 2)), name="pad"),
        L.AveragePooling2D((3, 2), strides=(2, 1), padding="same", name="average"),
        L.UpSampling2D((2, 1), name="up"),
        L.Cropping2D(((1, 0), (0, 2)), name="crop"),
        L.GlobalMaxPooling2D(name="largest"),
    )


@case("upsampling_bilinear", "Interpolation from corner to corner, as TensorFlow 1 did, or by centres.", NOT_THEANO)
def _():
    return chain((4, 5, 2), L.UpSampling2D((2, 3), interpolation="bilinear", name="up"))


@case("upsampling_bilinear_open", "The same with an image of any size.", NOT_THEANO)
def _():
    return chain((None, None, 2), L.UpSampling2D((3, 2), interpolation="bilinear", name="up"))


@case("legacy_layers", "Layers of Keras 1 that its successor goes on to read.", ("keras2_2", "keras2_3"))
def _():
    from keras.legacy.layers import Highway, MaxoutDense

    return chain((5,), MaxoutDense(4, nb_feature=3, name="maxout"), Highway(activation="tanh", name="highway"))


@case("shapes", "Permute, Reshape, RepeatVector and Activation.")
def _():
    return chain(
        (3, 4),
        L.Permute((2, 1), name="permute"),
        L.Reshape((6, 2), name="reshape"),
        L.Activation("softplus", name="softplus"),
        L.Flatten(name="flat"),
        L.RepeatVector(3, name="repeat"),
    )


@case("activations", "Layers that are activations.")
def _():
    return chain(
        (4, 5),
        L.PReLU(shared_axes=[1], name="prelu"),
        L.ELU(0.7, name="elu"),
        L.LeakyReLU(0.3, name="leaky"),
        L.ReLU(max_value=1.5, name="relu"),
        L.Softmax(axis=1, name="softmax"),
    )


@case("thresholded", "ThresholdedReLU, which Keras 3 dropped.", KERAS2)
def _():
    return chain((4, 5), L.ThresholdedReLU(0.3, name="thresholded"))


@case("locally_connected", "Kernels for every place.", ON_TENSORFLOW)
def _():
    a, b = L.Input((7, 3), name="a"), L.Input((5, 6, 2), name="b")
    one = L.LocallyConnected1D(4, 3, strides=2, name="one")(a)
    return keras.models.Model([a, b], [one, L.LocallyConnected2D(3, (3, 2), activation="tanh", name="two")(b)])


@case("slashed_names", "Layers with a slash in their names.", KERAS2)
def _():
    return chain((4,), L.Dense(5, name="block/dense"), L.BatchNormalization(name="block/norm"), L.Dense(2, name="block/dense/out"))


@case("same_weight_names", "Inner layers of two branches have one name.")
def _():
    def branch(name):
        x = L.Input((4,), name="x")
        return keras.models.Model(x, L.Dense(3, name="dense")(x), name=name)

    x = L.Input((4,), name="x")
    return keras.models.Model(x, L.add([branch("left")(x), branch("right")(x)], name="added"))


@case("trains_always", "Normalization by the batch, which a call with training=True asks for.", KERAS2)
def _():
    return chain_called(L.BatchNormalization(name="norm"), L.BatchNormalization(axis=1, scale=False, name="steps"))


def chain_called(*layers):
    x = L.Input((5, 4), name="x")
    y = x
    for layer in layers:
        y = layer(y, training=True)
    return keras.models.Model(x, L.Dense(3, name="dense")(y))


@case("trains_within", "A model called with training=True: normalization by the batch, but where it is told not to.", TF)
def _():
    inner = L.Input((4,), name="i")
    y = L.BatchNormalization(name="norm")(inner)
    y = L.BatchNormalization(name="told")(L.Dense(5, name="dense")(y), training=False)
    frozen = L.BatchNormalization(name="frozen", trainable=False)
    model = keras.models.Model(inner, frozen(y), name="inner")
    x = L.Input((4,), name="x")
    steps = L.Input((3, 4), name="steps")
    normal = L.TimeDistributed(L.BatchNormalization(name="each"), name="every")(steps, training=True)
    return keras.models.Model([x, steps], [model(x, training=True), normal])


@case("merged_masks", "Masks at layers of several inputs, where up to Keras 3.3 they end.", ("keras3_0",), masked=0.0)
def _():
    xs = [L.Input((6, 4), name=name) for name in ("x", "y")]
    one, other = [L.Masking(name="mask_" + x.name)(x) for x in xs]
    kinds = (L.Add, L.Multiply, L.Maximum, L.Minimum, L.Concatenate)
    merged = [kind(name="by_" + kind.__name__.lower())([one, other]) for kind in kinds]
    steps = L.Concatenate(axis=1, name="steps")([one, other])
    return keras.Model(xs, [L.GRU(2, name="gru_%d" % i)(m) for i, m in enumerate(merged + [steps])])


@case("masked_heads", "Masks that come along, which attention of several heads leaves out up to 2.9.", ("tf2_8", "tf_keras"), masked=0.0)
def _():
    x = L.Input((6, 4), name="x")
    masked = L.Masking(name="mask")(x)
    return keras.Model(x, L.GRU(2, name="gru")(L.MultiHeadAttention(2, 3, name="heads")(masked, masked)))


@case("hidden_values", "Attention to values that are all masked in one row: up to Keras 3.9 that is a mean.", EARLIER3, masked=0.0)
def _():
    x, values = L.Input((4, 5), name="x"), L.Input((3, 5), name="values")
    masked = L.Masking(name="mask")(values)
    several = L.MultiHeadAttention(2, 3, dropout=0.1, name="several")(x, masked)
    return keras.Model([x, values], [several, L.GroupQueryAttention(3, 4, 2, dropout=0.1, name="grouped")(x, masked)])


@case("short_vectors", "Vectors of almost no length.", EARLIER3)
def _():
    x = L.Input((5,), name="x")
    return keras.Model(x, L.UnitNormalization(name="unit")(L.Rescaling(1e-6, name="short")(x)))


@case("random_crop", "Predictions that resize, as up to Keras 3.7.", EARLIER3)
def _():
    x = L.Input((8, 7, 3), name="x")
    return keras.Model(x, [L.RandomCrop(4, 3, name="smaller")(x), L.RandomCrop(9, 5, name="other")(x)])


@case("fitted_adam", "A trained model with the state of Adam.", fitted="adam")
def _():
    return chain((4,), L.Dense(5, activation="relu", name="first"), L.Dense(3, activation="softmax", name="last"))


@case("fitted_sgd", "A trained model with the momenta of SGD.", fitted="sgd")
def _():
    return chain((4,), L.Dense(5, activation="relu", name="first"), L.Dense(3, activation="softmax", name="last"))


if FORM in ("keras2_2", "keras2_3"):
    for name, layer in (("cudnn_lstm", L.LSTM), ("cudnn_gru", L.GRU)):

        @case(name, "Weights as cuDNN has them, by Keras's own conversion.", ("keras2_2", "keras2_3"), cudnn=True)
        def _(layer=layer, more=dict(reset_after=True) if name == "cudnn_gru" else {}):
            more = dict(more, recurrent_activation="sigmoid")
            return chain((5, 4), layer(3, return_sequences=True, name="first", **more), layer(2, name="last", **more))


def as_cudnn(path):
    """Makes LSTM and GRU in a file what a GPU has in their place: Keras makes these layers nowhere else."""
    import h5py
    from keras.engine.saving import preprocess_weights_for_loading

    with h5py.File(path, "r+") as file:
        config = json.loads(file.attrs["model_config"].decode() if isinstance(file.attrs["model_config"], bytes) else file.attrs["model_config"])
        for layer in config["config"]["layers"]:
            if layer["class_name"] in ("LSTM", "GRU"):
                plain = layer["config"]
                cudnn = getattr(L, "CuDNN" + layer["class_name"])(
                    plain["units"], return_sequences=plain["return_sequences"], name=plain["name"]
                )
                layer["class_name"] = type(cudnn).__name__
                layer["config"] = cudnn.get_config()
                group = file["model_weights"][plain["name"]]
                names = [name.decode() for name in group.attrs["weight_names"]]
                values = preprocess_weights_for_loading(cudnn, [group[name][()] for name in names])
                for name, value in zip(names, values):
                    del group[name]
                    group[name] = value
        file.attrs["model_config"] = json.dumps(config).encode()


@case("operators", "Arithmetic on tensors, which is layers of functions.", ("tf2_1", "tf_keras", "keras3_0"))
def _():
    a, b = L.Input((4,), name="a"), L.Input((4,), name="b")
    x = L.Dense(4, name="dense")(a)
    return keras.models.Model([a, b], L.Dense(2, name="out")((x + b) * 2.0 - a / 3.0))


@case("attention", "Attention of several heads, and layer normalization.", ("tf_keras",) + KERAS3, everywhere=True)
def _():
    a = L.Input((5, 4), name="a")
    y = L.MultiHeadAttention(2, 3, name="heads")(a, a)
    return keras.models.Model(a, L.LayerNormalization(name="norm")(L.add([a, y], name="added")))


@case("simple_attention", "Attention of a query to values, layer normalization.", ("tf2_1", "tf_keras", "keras3_0"))
def _():
    q, v = L.Input((5, 4), name="q"), L.Input((6, 4), name="v")
    y = L.Attention(name="attention")([q, v])
    return keras.models.Model([q, v], L.LayerNormalization(name="norm")(y))


@case("group_normalization", "Normalization of groups and of units.", ("tf_keras", "keras3_0"))
def _():
    return chain((5, 6, 4), L.GroupNormalization(2, name="groups"), L.UnitNormalization(name="unit"))


def layers_of(model, prefix=""):
    """Every layer that holds weights itself, wrappers and recurrent layers as wholes."""
    for layer in model.layers:
        if hasattr(layer, "layers"):
            for inner in layers_of(layer, prefix + layer.name + "/"):
                yield inner
        else:
            yield prefix + layer.name, layer


def randomise(model, name):
    for path, layer in layers_of(model):
        values = []
        for index, (weight, old) in enumerate(zip(layer.weights, layer.get_weights())):
            rng = np.random.RandomState(zlib.crc32("{} {} {}".format(name, path, index).encode()))
            kind = weight.name.split("/")[-1].split(":")[0]
            if kind == "moving_variance":
                value = rng.uniform(0.5, 2.0, old.shape)
            elif kind == "gamma":
                value = rng.uniform(0.6, 1.5, old.shape)
            elif old.ndim > 1:
                value = rng.normal(0, 1 / np.sqrt(np.prod(old.shape[:-1]) ** 0.7), old.shape)
            else:
                value = rng.normal(0, 0.3, old.shape)
            values.append(value.astype(old.dtype))
        if values:
            layer.set_weights(values)


def inputs_of(model, name, options):
    rng = np.random.RandomState(zlib.crc32(name.encode()))
    arrays = []
    for tensor in model.inputs:
        shape = (3,) + tuple(int(n or 6) for n in tuple(tensor.shape if not MULTI_BACKEND.count(FORM) else K.int_shape(tensor))[1:])
        if "integers" in options:
            array = rng.randint(1, options["integers"], shape).astype("float32")
            array[0, -3:] = 0
            array[1, :2] = 0
        else:
            array = rng.normal(0, 1, shape).astype("float32")
        if "masked" in options:
            array[0, -3:] = options["masked"]
            array[1, 2] = options["masked"]
        arrays.append(array)
    return arrays


def predicted(model, arrays):
    outputs = model.predict(arrays if len(arrays) > 1 else arrays[0])
    return outputs if isinstance(outputs, list) else [outputs]


def save(model, directory, container):
    """Writes the files of a container and returns what case.json says of them."""

    def path(name):
        return os.path.join(directory, name)

    if container == "folder":
        model.save(path("model"), zipped=False)
        return {"model": "model"}
    if container in ("h5", "keras"):
        model.save(path("model." + container))
        return {"model": "model." + container}
    text = "model.yaml" if container == "yaml" else "model.json"
    with open(path(text), "w") as file:
        file.write(model.to_yaml() if container == "yaml" else model.to_json())
    if container == "shards":
        model.save_weights(path("model.weights.json"), max_shard_size=7e-7)  # in GB: some 750 bytes
        return {"architecture": text, "weights": "model.weights.json"}
    if container in ("npz", "positional"):
        values = model.get_weights()
        names = [getattr(weight, "path", weight.name) for weight in model.weights]
        named = container == "npz"
        np.savez(path("weights.npz"), *(() if named else values), **(dict(zip(names, values)) if named else {}))
        return {"architecture": text, "weights": "weights.npz"}
    by_path = container == "json" and FORM in ("tf_keras",) + KERAS3
    weights = "model.weights.h5" if by_path else "weights.h5"
    model.save_weights(path(weights))
    return {"architecture": text, "weights": weights}


def loaded(directory, files, container):
    if container == "folder":
        return keras.saving.load_model(os.path.join(directory, files["model"]), compile=False)
    if "model" in files:
        return keras.models.load_model(os.path.join(directory, files["model"]), compile=False)
    with open(os.path.join(directory, files["architecture"])) as file:
        text = file.read()
    model = keras.models.model_from_yaml(text) if container == "yaml" else keras.models.model_from_json(text)
    weights = os.path.join(directory, files["weights"])
    if container == "npz":
        with np.load(weights) as arrays:
            model.set_weights([arrays[getattr(weight, "path", weight.name)] for weight in model.weights])
    elif container == "positional":
        with np.load(weights) as arrays:
            model.set_weights([arrays["arr_%d" % i] for i in range(len(arrays.files))])
    else:
        model.load_weights(weights)
    return model


def head(classes, names):
    """A network with a head, for weights that fit another only in part."""
    x = L.Input((4,), name="x")
    y = L.Dense(5, activation="relu", name=names[0])(x)
    y = L.BatchNormalization(name=names[1])(y)
    return keras.models.Model(x, L.Dense(classes, name=names[2])(y))


def write_partial(name, why, base, other, form_weights, load, options):
    """A model with weights of its own, into which Keras loads the part of another's that fits."""
    directory = os.path.join(ROOT, "{}_{}".format(name, FORM))
    if os.path.exists(directory):
        return 0
    model, donor = base(), other()
    randomise(model, name)
    randomise(donor, name + " donor")
    os.makedirs(directory)
    model.save(os.path.join(directory, "model.h5"))
    donor.save_weights(os.path.join(directory, form_weights))
    model.load_weights(os.path.join(directory, form_weights), **load)
    arrays = inputs_of(model, name, {})
    files = {"architecture": "model.h5", "weights": form_weights}
    finish(directory, files, arrays, predicted(model, arrays), why, None, options)
    return 1


def write_partials():
    plain = ("first", "norm", "head")
    written = 0
    if FORM in KERAS2:
        by_name, both = dict(by_name=True), dict(by_name=True, skip_mismatch=True)
        written += write_partial(
            "by_name", "Layers that the file lacks keep their own weights, those of other names are left out.",
            lambda: head(3, plain), lambda: head(2, ("first", "other", "top")), "weights.h5", by_name, {"byName": True},
        )
        written += write_partial(
            "by_name_skip_mismatch", "A head of another size is left out.",
            lambda: head(3, plain), lambda: head(2, plain), "weights.h5", both, {"byName": True, "skipMismatch": True},
        )
    if FORM in ("keras3",):
        written += write_partial(
            "skip_mismatch", "A head of another size is left out.",
            lambda: head(3, plain), lambda: head(2, plain), "other.weights.h5", dict(skip_mismatch=True),
            {"skipMismatch": True},
        )
    written += write_partial(
        "own_weights_replaced", "A whole model with the weights of another file.",
        lambda: head(3, plain), lambda: head(3, plain), "other.weights.h5", {}, None,
    )
    return written


def remove(directory):
    shutil.rmtree(directory)


def write(name, options, container):
    directory = os.path.join(ROOT, "{}_{}_{}".format(name, FORM, container))
    if os.path.exists(directory):
        return 0
    if not THEANO:
        K.clear_session()
    np.random.seed(zlib.crc32(name.encode()) % 2**32)
    model = options["build"]()
    if "fitted" in options:
        rng = np.random.RandomState(5)
        model.compile(options["fitted"], "categorical_crossentropy", metrics=["accuracy"])
        if options["fitted"] == "sgd":
            sgd = keras.optimizers.SGD
            model.compile(sgd(0.05, momentum=0.8, nesterov=True), "categorical_crossentropy", metrics=["accuracy"])
        model.fit(rng.normal(size=(8, 4)), np.eye(3)[rng.randint(0, 3, 8)], epochs=2, verbose=0)
    else:
        randomise(model, name)
    arrays = inputs_of(model, name, options)
    os.makedirs(directory)
    excuse = None
    try:
        files = save(model, directory, container)
        outputs = predicted(model, arrays)
        if "cudnn" in options:
            as_cudnn(os.path.join(directory, files["model"]))
            model.load_weights(os.path.join(directory, files["model"]))  # converts them back
            again = model
        else:
            again = None
        try:
            again = again or loaded(directory, files, container)
            for one, other in zip(outputs, predicted(again, arrays)):
                np.testing.assert_allclose(one, other, atol=1e-5)
        except Exception as error:  # a file that its own Keras cannot read is worth having
            lines = str(error).strip().splitlines() or [""]
            excuse = "{}: {}".format(type(error).__name__, lines[0][:160].replace(ROOT, ""))
    except Exception:
        remove(directory)
        raise
    finish(directory, files, arrays, outputs, options["why"], excuse)
    return 1


def finish(directory, files, arrays, outputs, why, excuse, loading=None):
    """Writes what stands beside the files of the model."""
    np.savez(os.path.join(directory, "inputs.npz"), *arrays)
    np.savez(os.path.join(directory, "outputs.npz"), *outputs)
    case_json = {
        "id": "generations/" + os.path.basename(directory),
        "files": files,
        "atol": 1e-4,
        "rtol": 1e-3,
        "expect": "ok",
        "keras": keras.__version__,
        "why": why,
    }
    if loading:
        case_json["options"] = loading
    if excuse:
        case_json["kerasReload"] = excuse
    with open(os.path.join(directory, "case.json"), "w") as file:
        json.dump(case_json, file, indent=2)
        file.write("\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="*", help="shell pattern on the name of a case")
    only = parser.parse_args().only
    if FORM is None:
        raise SystemExit("needs Keras " + ", ".join(sorted(FORMS)) + "; running is " + keras.__version__)
    written, problems = 0, []
    for name in sorted(CASES):
        options = CASES[name]
        if FORM in options["forms"] and fnmatch.fnmatch(name, only):
            first = () if FORM == "keras3" else CONTAINERS[FORM][:1]  # its models stand elsewhere
            for container in CONTAINERS[FORM] if options["everywhere"] else first:
                try:
                    written += write(name, options, container)
                except Exception as error:  # one bad row must not hide the others
                    problems.append("{} {}: {}: {}".format(name, container, type(error).__name__, str(error)[:300]))
    if only == "*":
        written += write_partials()
    print("\n".join(problems + ["{} written, problems: {}".format(written, len(problems))]))


if __name__ == "__main__":
    main()
