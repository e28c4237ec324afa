"""Writes the case directories of testdata/keras1 with Keras 1.2.2, whose Python the other scripts do not run on.

    KERAS_BACKEND=tensorflow python testdata/scripts/make_keras1_cases.py [--only 'conv*']
    KERAS_BACKEND=theano THEANO_FLAGS=blas.ldflags= python testdata/scripts/make_keras1_cases.py [--only 'conv*']

Cases that are there already are left alone. The form is keras1 for TensorFlow's backend, keras1_theano for Theano's.
"""

import argparse
import fnmatch
import json
import os
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
from keras import backend as K
from keras.layers import *  # noqa: F403  (Keras 1 has its layers in a dozen modules)
from keras.models import Model, Sequential, load_model, model_from_json, model_from_yaml

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "keras1")
THEANO = K.backend() == "theano"
if THEANO:
    import theano.ifelse  # noqa: F401  (Keras 1 forgets to)
FORM = "keras1_theano" if THEANO else "keras1"

CASES = {}

# Also written as architecture and weights.
WITHOUT_MODEL = ("conv2d_sequential_th", "lstm_cpu", "gru_gpu", "nested", "embedding_masked")


def case(name, why, orderings=(None,), backends=("tensorflow",), **more):
    """Registers a builder under a name, once for each ordering of dimensions; None is for what has no images."""

    def register(build):
        for ordering in orderings:
            full = name if ordering is None else name + "_" + ordering
            CASES[full] = dict(build=build, why=why, ordering=ordering, backends=backends, **more)
        return build

    return register


def image(ordering, rows, columns, channels):
    return (rows, columns, channels) if ordering == "tf" else (channels, rows, columns)


def volume(ordering, *sizes):
    return sizes if ordering == "tf" else (sizes[-1],) + sizes[:-1]


def chain(shape, *layers, **options):
    """A functional model, so that every other form of file is met by the rows that say so."""
    x = Input(shape, **options)
    y = x
    for layer in layers:
        y = layer(y)
    return Model(x, y)


def sequential(*layers):
    model = Sequential()
    for layer in layers:
        model.add(layer)
    return model


BOTH = ("tensorflow", "theano")
ORDERINGS = ("tf", "th")


@case("dense", "Dense layers with activations, input_dim, regularizers and a constraint.")
def _(ordering):
    return sequential(
        Dense(5, input_dim=4, activation="relu", init="he_normal", W_regularizer="l1", b_constraint="maxnorm"),
        Dense(3, bias=False, activation="softmax", activity_regularizer="l2"),
    )


@case("time_distributed_dense", "TimeDistributedDense is Dense on the last axis.")
def _(ordering):
    return sequential(TimeDistributedDense(3, input_length=5, input_dim=4, activation="tanh"))


@case("maxout", "MaxoutDense with biases.")
def _(ordering):
    return chain((5,), MaxoutDense(3, nb_feature=4))


@case("maxout_no_bias", "MaxoutDense without biases.")
def _(ordering):
    return chain((5,), MaxoutDense(3, nb_feature=2, bias=False))


@case("highway", "Highway with an activation.")
def _(ordering):
    return chain((6,), Highway(activation="tanh"))


@case("highway_no_bias", "Highway without biases.")
def _(ordering):
    return chain((6,), Highway(bias=False))


@case("activations", "Layers that are activations, those with weights included.")
def _(ordering):
    return chain(
        (4, 5),
        PReLU(),
        ELU(alpha=0.7),
        ParametricSoftplus(),
        LeakyReLU(0.2),
        ThresholdedReLU(0.3),
        SReLU(),
        Activation("hard_sigmoid"),
    )


@case(
    "activations_shared",
    "Weights that share axes, which no configuration says.",
    no_reload="Keras 1 does not write shared_axes and builds weights of other shapes.",
)
def _(ordering):
    return chain(
        (4, 5), PReLU(shared_axes=[1]), ParametricSoftplus(shared_axes=[2]), SReLU(shared_axes=[1, 2])
    )


@case("conv1d", "Convolution1D: valid and same, strides.", backends=BOTH)
def _(ordering):
    return chain(
        (11, 3),
        Convolution1D(4, 3, activation="tanh"),
        Convolution1D(2, 2, border_mode="same", subsample_length=2, bias=False),
    )


@case("atrous_conv1d", "AtrousConvolution1D.", backends=BOTH)
def _(ordering):
    return chain((11, 3), AtrousConvolution1D(4, 3, atrous_rate=2))


@case("conv2d", "Convolution2D: valid and same, strides.", ORDERINGS, BOTH)
def _(ordering):
    return chain(
        image(ordering, 8, 9, 3),
        Convolution2D(4, 3, 2, activation="relu"),
        Convolution2D(2, 2, 3, border_mode="same", subsample=(2, 1)),
    )


@case("conv2d_sequential", "A network over images, its Flatten and Dense behind.", ORDERINGS, BOTH)
def _(ordering):
    return sequential(
        Convolution2D(4, 3, 3, input_shape=image(ordering, 8, 9, 3), activation="relu"),
        MaxPooling2D((2, 3)),
        Dropout(0.3),
        Flatten(),
        Dense(3),
    )


@case("atrous_conv2d", "AtrousConvolution2D.", ORDERINGS, BOTH)
def _(ordering):
    return chain(image(ordering, 8, 9, 3), AtrousConvolution2D(4, 3, 2, atrous_rate=(2, 2)))


@case("conv3d", "Convolution3D.", ORDERINGS, BOTH)
def _(ordering):
    return chain(volume(ordering, 5, 6, 4, 2), Convolution3D(3, 2, 3, 2, subsample=(1, 2, 1)))


@case("deconv2d_same", "Deconvolution2D whose output is as wide as the input times the strides.", ORDERINGS, BOTH)
def _(ordering):
    shape = image(ordering, 8, 15, 4)
    return chain(
        image(ordering, 4, 5, 3),
        Deconvolution2D(4, 3, 5, output_shape=(None,) + shape, subsample=(2, 3), border_mode="same"),
    )


@case("deconv2d_valid", "Deconvolution2D whose output is wider than the full one.", ORDERINGS)
def _(ordering):
    shape = image(ordering, 10, 15, 4)
    return chain(
        image(ordering, 4, 5, 3),
        Deconvolution2D(4, 3, 2, output_shape=(None,) + shape, subsample=(2, 3), border_mode="valid"),
    )


@case("separable", "SeparableConvolution2D.", ORDERINGS)
def _(ordering):
    return chain(image(ordering, 6, 7, 3), SeparableConvolution2D(5, 3, 2, depth_multiplier=2, border_mode="same"))


@case("locally_connected1d", "LocallyConnected1D.")
def _(ordering):
    return chain((7, 3), LocallyConnected1D(4, 3, subsample_length=2))


@case("locally_connected2d", "LocallyConnected2D.", ORDERINGS)
def _(ordering):
    return chain(image(ordering, 5, 6, 3), LocallyConnected2D(4, 3, 2, activation="tanh"))


@case("windows1d", "Pooling, padding, cropping and repeating in one dimension.")
def _(ordering):
    return chain(
        (12, 3),
        ZeroPadding1D(2),
        MaxPooling1D(3, stride=2),
        UpSampling1D(2),
        AveragePooling1D(2, border_mode="same"),
        Cropping1D((1, 0)),
        GlobalAveragePooling1D(),
    )


@case("windows2d", "Layers that do not write their order of dimensions, beside one that does.", ORDERINGS)
def _(ordering):
    return chain(
        image(ordering, 8, 9, 3),
        ZeroPadding2D((1, 2)),
        MaxPooling2D((2, 3), strides=(2, 1), border_mode="same"),
        UpSampling2D((2, 1)),
        Cropping2D(((1, 0), (0, 2))),
        AveragePooling2D((2, 2)),
        SpatialDropout2D(0.3),
    )


@case("pooling_same", "Pooling with padding, window sizes odd and even.", ORDERINGS, BOTH)
def _(ordering):
    return chain(
        image(ordering, 9, 10, 3),
        Convolution2D(4, 1, 1),
        MaxPooling2D((2, 3), strides=(2, 1), border_mode="same"),
        AveragePooling2D((3, 2), strides=(1, 2), border_mode="same"),
    )


@case("conv2d_even", "Convolution2D with padding, sizes and strides even and odd.", ORDERINGS, BOTH)
def _(ordering):
    return chain(
        image(ordering, 8, 9, 3),
        Convolution2D(4, 2, 3, border_mode="same"),
        Convolution2D(2, 3, 4, border_mode="same", subsample=(2, 2)),
    )


@case("padding_of_four", "ZeroPadding2D with four margins, and with named ones.", ORDERINGS)
def _(ordering):
    return chain(
        image(ordering, 4, 5, 3),
        ZeroPadding2D((1, 2, 0, 3)),
        ZeroPadding2D({"top_pad": 2, "left_pad": 1}),
        GlobalMaxPooling2D(),
    )


@case("windows2d_sequential", "The same in a Sequential, whose layers are a bare list.", ORDERINGS, BOTH)
def _(ordering):
    return sequential(
        ZeroPadding2D((1, 2), input_shape=image(ordering, 8, 9, 3)),
        UpSampling2D((2, 1)),
        Convolution2D(4, 3, 2),
        Cropping2D(((1, 0), (0, 2))),
        GlobalMaxPooling2D(),
    )


@case("windows3d", "Pooling, padding, cropping and repeating in three dimensions.", ORDERINGS)
def _(ordering):
    return chain(
        volume(ordering, 5, 6, 7, 2),
        ZeroPadding3D((1, 0, 2)),
        AveragePooling3D((2, 3, 2)),
        UpSampling3D((1, 2, 2)),
        Cropping3D(((1, 0), (0, 1), (1, 1))),
        GlobalAveragePooling3D(),
    )


@case("batch_normalization", "BatchNormalization along the last axis; running_std is a variance.")
def _(ordering):
    return chain((4, 5), BatchNormalization(epsilon=0.01))


@case("batch_normalization_axis", "BatchNormalization along the first axis.")
def _(ordering):
    return chain((4, 5, 3), BatchNormalization(axis=1))


for consume in ("cpu", "mem", "gpu"):

    @case("lstm_" + consume, "LSTM, sequences and then the last step; consume_less " + consume + ".")
    def _(ordering, consume=consume):
        return chain(
            (5, 4),
            LSTM(3, return_sequences=True, consume_less=consume),
            LSTM(2, consume_less=consume, go_backwards=True, inner_activation="sigmoid"),
        )

    @case("gru_" + consume, "GRU, sequences and then the last step; consume_less " + consume + ".")
    def _(ordering, consume=consume):
        return chain(
            (5, 4), GRU(3, return_sequences=True, consume_less=consume), GRU(2, consume_less=consume)
        )


@case("simple_rnn", "SimpleRNN.")
def _(ordering):
    return chain((5, 4), SimpleRNN(3, return_sequences=True, activation="relu"), SimpleRNN(2))


@case("embedding_masked", "Embedding with a mask into recurrent layers, a Sequential.", integers=7)
def _(ordering):
    return sequential(
        Embedding(7, 4, input_length=6, mask_zero=True, dropout=0.2),
        LSTM(3, return_sequences=True, dropout_W=0.1, dropout_U=0.2),
        GRU(2),
    )


@case("masking", "Masking before SimpleRNN.", zero_steps=True)
def _(ordering):
    return chain((6, 4), Masking(), SimpleRNN(3, return_sequences=True), LSTM(2))


for mode in ("concat", "sum", "mul", "ave"):

    @case("bidirectional_" + mode, "Bidirectional, merged by " + mode + ".")
    def _(ordering, mode=mode):
        return chain((5, 4), Bidirectional(LSTM(3, return_sequences=mode != "sum"), merge_mode=mode))


@case("time_distributed", "TimeDistributed over a convolution and over Dense.", ORDERINGS)
def _(ordering):
    shape = image(ordering, 5, 6, 3)
    return chain(
        (4,) + shape, TimeDistributed(Convolution2D(2, 3, 2)), TimeDistributed(Flatten()), TimeDistributed(Dense(3))
    )


@case("conv_lstm2d", "ConvLSTM2D, sequences and then the last image.", ORDERINGS, BOTH)
def _(ordering):
    shape = image(ordering, 5, 6, 3)
    return chain(
        (4,) + shape,
        ConvLSTM2D(3, 2, 3, border_mode="same", return_sequences=True),
        ConvLSTM2D(2, 2, 2, border_mode="same", inner_activation="sigmoid"),
    )


def merged(mode, shapes, **options):
    inputs = [Input(shape) for shape in shapes]
    return Model(inputs, Flatten()(merge(inputs, mode=mode, **options)) if len(shapes[0]) > 1 else merge(inputs, mode=mode, **options))


for mode in ("sum", "mul", "ave", "max"):

    @case("merge_" + mode, "Merge of three, by " + mode + ".")
    def _(ordering, mode=mode):
        return merged(mode, [(3, 4)] * 3)


@case("merge_concat", "Merge by concatenation along an axis.")
def _(ordering):
    return merged("concat", [(3, 4), (2, 4)], concat_axis=1)


@case("merge_dot", "Merge by dot product of vectors.")
def _(ordering):
    return merged("dot", [(4,), (4,)], dot_axes=1)


@case("merge_dot_axes", "Merge by dot product of matrices, an axis of each.")
def _(ordering):
    return merged("dot", [(3, 4), (4, 5)], dot_axes=(2, 1))


@case("merge_cos", "Merge by the cosine of two vectors.")
def _(ordering):
    inputs = [Input((4,)), Input((4,))]
    return Model(inputs, merge(inputs, mode="cos", dot_axes=1))


def branch(width, seed):
    return sequential(Dense(width, input_dim=seed, activation="tanh"), Dense(3))


@case("sequential_merge", "A Sequential that begins with a Merge of two, a third merged behind.")
def _(ordering):
    inner = sequential(Merge([branch(4, 5), branch(6, 2)], mode="sum"), Dense(4, activation="relu"))
    third = sequential(Dense(4, input_dim=3))
    return sequential(Merge([inner, third], mode="concat", concat_axis=-1), Dense(2))


@case("sequential_merge_model", "A Sequential that begins with a Merge of a functional model and a Sequential.")
def _(ordering):
    x = Input((5,))
    inner = Model(x, Dense(3, activation="tanh")(Dense(4)(x)))
    return sequential(Merge([inner, branch(6, 2)], mode="mul"), Dense(2))


@case("nested", "A model and a Sequential within a model, called twice each; a frozen layer in one.")
def _(ordering):
    x = Input((5,))
    frozen = Dense(4, activation="tanh")
    inner = Model(x, BatchNormalization()(Dense(5)(frozen(x))))
    frozen.trainable = False
    inner_chain = sequential(Dense(5, input_dim=5, activation="relu"), Dense(5))
    a, b = Input((5,)), Input((5,))
    both = merge([inner(a), inner_chain(inner(b)), inner_chain(a)], mode="concat")
    return Model([a, b], [Dense(2)(both), inner(a)])


@case("fitted", "A trained model: training configuration and optimizer state.", fitted=True)
def _(ordering):
    return sequential(Dense(5, input_dim=4, activation="relu"), Dense(3, activation="softmax"))


@case("repeated", "Shapes: Permute, RepeatVector, Reshape.")
def _(ordering):
    return chain((3, 4), Permute((2, 1)), Reshape((6, 2)), Flatten(), RepeatVector(3))


@case("noise", "Layers that do nothing at inference.")
def _(ordering):
    return chain((3, 4), GaussianNoise(0.3), GaussianDropout(0.2), SpatialDropout1D(0.1), ActivityRegularization(0.1))


def randomise(model, rng):
    for layer in model.flattened_layers if hasattr(model, "flattened_layers") else model.layers:
        values = []
        for weight, value in zip(layer.weights, layer.get_weights()):
            name = weight.name.split(":")[0]
            if name.endswith("running_std"):
                values.append(rng.uniform(0.5, 2.0, value.shape))
            elif name.endswith("gamma"):
                values.append(rng.uniform(0.6, 1.5, value.shape))
            elif value.ndim > 1:
                values.append(rng.normal(0, 1 / np.sqrt(np.prod(value.shape[:-1]) ** 0.7), value.shape))
            else:
                values.append(rng.normal(0, 0.3, value.shape))
        if values:
            layer.set_weights(values)


def inputs_of(model, rng, options):
    arrays = []
    for tensor in model.inputs:
        shape = (3,) + K.int_shape(tensor)[1:]
        if "integers" in options:
            array = rng.randint(0, options["integers"], shape).astype("float32")
            array[0, -3:] = 0
            array[1, :2] = 0
        else:
            array = rng.normal(0, 1, shape).astype("float32")
        if options.get("zero_steps"):
            array[0, -3:] = 0
            array[1, 2] = 0
        arrays.append(array)
    return arrays


def save(model, directory, container):
    """Writes the files of a container and returns what case.json says of them."""
    if container == "h5":
        model.save(os.path.join(directory, "model.h5"))
        return {"model": "model.h5"}
    with open(os.path.join(directory, "model." + container), "w") as file:
        file.write(model.to_yaml() if container == "yaml" else model.to_json())
    model.save_weights(os.path.join(directory, "weights.h5"))
    return {"architecture": "model." + container, "weights": "weights.h5"}


def loaded(directory, files):
    if "model" in files:
        return load_model(os.path.join(directory, files["model"]))
    with open(os.path.join(directory, files["architecture"])) as file:
        text = file.read()
    model = model_from_yaml(text) if files["architecture"].endswith("yaml") else model_from_json(text)
    model.load_weights(os.path.join(directory, files["weights"]))
    return model


def write(name, options, container="h5"):
    """A case; weights beside an architecture say neither which Keras wrote them nor on which backend."""
    form = FORM if container == "h5" else FORM + "_" + container
    directory = os.path.join(ROOT, "{}_{}".format(name, form))
    if os.path.exists(directory) or K.backend() not in options["backends"]:
        return 0
    K.set_image_dim_ordering(options["ordering"] or "tf")
    rng = np.random.RandomState(zlib.crc32(name.encode()))
    model = options["build"](options["ordering"])
    if options.get("fitted"):
        model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
        model.fit(rng.normal(size=(8, 4)), np.eye(3)[rng.randint(0, 3, 8)], nb_epoch=2, verbose=0)
    else:
        randomise(model, rng)
    arrays = inputs_of(model, rng, options)
    given = arrays if len(arrays) > 1 else arrays[0]
    outputs = model.predict(given)
    outputs = outputs if isinstance(outputs, list) else [outputs]
    os.makedirs(directory)
    files = save(model, directory, container)
    excuse = options.get("no_reload")
    if excuse is None:
        try:
            again = loaded(directory, files).predict(given)
        except Exception as error:  # a file that its own Keras cannot read is worth having
            if container == "h5":
                raise
            excuse, again = "{}: {}".format(type(error).__name__, str(error).splitlines()[0]), outputs
        for one, other in zip(outputs, again if isinstance(again, list) else [again]):
            np.testing.assert_allclose(one, other, atol=1e-6)
    np.savez(os.path.join(directory, "inputs.npz"), *arrays)
    np.savez(os.path.join(directory, "outputs.npz"), *outputs)
    case_json = {
        "id": "keras1/" + os.path.basename(directory),
        "files": files,
        "atol": 1e-4,
        "rtol": 1e-3,
        "expect": "ok",
        "keras": "1.2.2",
        "why": options["why"],
    }
    if excuse:
        case_json["kerasReload"] = excuse
    with open(os.path.join(directory, "case.json"), "w") as file:
        json.dump(case_json, file, indent=2)
        file.write("\n")
    return 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="*", help="shell pattern on the name of a case")
    only = parser.parse_args().only
    if keras.__version__ != "1.2.2":
        raise SystemExit("needs Keras 1.2.2, running is " + keras.__version__)
    written, problems = 0, []
    for name in sorted(CASES):
        if fnmatch.fnmatch(name, only):
            try:
                written += write(name, CASES[name])
                for container in ("json", "yaml") if name in WITHOUT_MODEL else ():
                    written += write(name, CASES[name], container)
            except Exception as error:  # one bad row must not hide the others
                problems.append("{}: {}: {}".format(name, type(error).__name__, str(error)[:300]))
    print("\n".join(problems + ["{} written, problems: {}".format(written, len(problems))]))


if __name__ == "__main__":
    main()
