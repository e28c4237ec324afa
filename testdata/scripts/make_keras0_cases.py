"""Writes the case directories of testdata/keras0 with Keras 0.3.3, the last before 1.0.

    KERAS_BACKEND=theano THEANO_FLAGS=blas.ldflags= python testdata/scripts/make_keras0_cases.py

It saves no whole models: an architecture as JSON or YAML, and weights by number beside it.
"""

import json
import os
import zlib

os.environ.setdefault("KERAS_BACKEND", "theano")

import keras
import numpy as np
from keras.layers.convolutional import Convolution1D, Convolution2D, MaxPooling2D, UpSampling2D, ZeroPadding2D
from keras.layers.core import (
    Activation,
    Dense,
    Dropout,
    Flatten,
    MaxoutDense,
    Merge,
    Permute,
    RepeatVector,
    Reshape,
    TimeDistributedDense,
)
from keras.layers.embeddings import Embedding
from keras.layers.normalization import BatchNormalization
from keras.layers.recurrent import GRU, LSTM, SimpleRNN
from keras.models import Sequential

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "keras0")
CASES = {}


def case(name, why, shape, form="json", tokens=None):
    def register(build):
        CASES[name] = (build, why, shape, form, tokens)
        return build

    return register


def chain(*layers):
    model = Sequential()
    for layer in layers:
        model.add(layer)
    return model


@case("dense", "Dense layers and what stands between.", (4,))
def _():
    return chain(Dense(5, input_dim=4, activation="relu"), Dropout(0.3), Dense(3), Activation("softmax"))


@case("dense_yaml", "The same as YAML.", (4,), form="yaml")
def _():
    return chain(Dense(5, input_dim=4, activation="relu"), Dropout(0.3), Dense(3), Activation("softmax"))


@case("conv2d", "Convolutions of Theano, channels first, and a Dense behind Flatten.", (3, 8, 9))
def _():
    return chain(
        ZeroPadding2D((1, 2), input_shape=(3, 8, 9)),
        Convolution2D(4, 3, 2, activation="relu"),
        MaxPooling2D((2, 3)),
        UpSampling2D((1, 2)),
        Convolution2D(2, 2, 2, border_mode="same"),
        Flatten(),
        Dense(3),
    )


@case("conv1d", "Convolution1D.", (9, 3))
def _():
    return chain(Convolution1D(4, 3, input_shape=(9, 3), activation="tanh"), Flatten(), Dense(2))


@case("lstm", "LSTM and SimpleRNN.", (5, 4))
def _():
    return chain(LSTM(3, input_shape=(5, 4), return_sequences=True), SimpleRNN(2, activation="relu"))


@case("gru", "GRU and TimeDistributedDense.", (5, 4))
def _():
    return chain(GRU(3, input_shape=(5, 4), return_sequences=True), TimeDistributedDense(2))


@case("embedding", "Embedding with a mask into LSTM.", (6,), tokens=7)
def _():
    return chain(Embedding(7, 4, input_length=6, mask_zero=True), LSTM(3))


@case("maxout", "MaxoutDense, RepeatVector, Permute and Reshape.", (5,))
def _():
    return chain(MaxoutDense(3, nb_feature=2, input_dim=5), RepeatVector(4), Permute((2, 1)), Reshape((6, 2)))


def weights_of(model, name):
    rng = np.random.RandomState(zlib.crc32(name.encode()))
    return [rng.normal(0, 1 / np.sqrt(max(value.ndim, 1) * 2), value.shape) for value in model.get_weights()]


def write(name, build, why, shape, form, tokens):
    directory = os.path.join(ROOT, name + "_keras0")
    if os.path.exists(directory):
        return
    model = build()
    model.set_weights(weights_of(model, name))
    model.compile("sgd", "mse")
    rng = np.random.RandomState(zlib.crc32(name.encode()) + 1)
    if tokens:
        array = rng.randint(1, tokens, (3,) + shape).astype("float32")
        array[0, -2:] = 0
        array[1, :2] = 0
    else:
        array = rng.normal(0, 1, (3,) + shape).astype("float32")
    outputs = model.predict(array, verbose=0)
    os.makedirs(directory)
    text = "model." + form
    with open(os.path.join(directory, text), "w") as file:
        file.write(model.to_json() if form == "json" else model.to_yaml())
    model.save_weights(os.path.join(directory, "weights.h5"))
    np.savez(os.path.join(directory, "inputs.npz"), array)
    np.savez(os.path.join(directory, "outputs.npz"), outputs.astype("float32"))
    case_json = {
        "id": "keras0/" + os.path.basename(directory),
        "files": {"architecture": text, "weights": "weights.h5"},
        "atol": 1e-4,
        "rtol": 1e-3,
        "expect": "ok",
        "keras": "0.3.3",
        "why": why,
    }
    with open(os.path.join(directory, "case.json"), "w") as file:
        json.dump(case_json, file, indent=2)
        file.write("\n")


if __name__ == "__main__":
    if keras.__version__ != "0.3.3":
        raise SystemExit("needs Keras 0.3.3, running is " + keras.__version__)
    for case_name in sorted(CASES):
        try:
            write(case_name, *CASES[case_name])
        except Exception as error:  # one bad row must not hide the others
            print("{}: {}: {}".format(case_name, type(error).__name__, str(error)[:300]))
