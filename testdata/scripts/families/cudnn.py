"""CuDNNLSTM and CuDNNGRU. Keras makes them on a GPU only, so a file of LSTM or GRU is rewritten to what it would be:
the class names, the configurations and the weights in cuDNN's layout (the inverse of Keras's own conversion)."""

import json

import h5py
import numpy as np

from case_writer import Case
from generation import keras, layers

SEQUENCE = (6, 3)
NO_RELOAD = {"keras2": "Keras reads CuDNN layers on a GPU only."}
CLASSES = {"LSTM": ("CuDNNLSTM", 4), "GRU": ("CuDNNGRU", 3)}

# What the configurations of the CuDNN layers do not have.
ABSENT = (
    "activation",
    "recurrent_activation",
    "use_bias",
    "dropout",
    "recurrent_dropout",
    "implementation",
    "unroll",
    "reset_after",
)


def by_gate(kernel, gates, change):
    return np.concatenate([change(block) for block in np.split(kernel, gates, axis=1)], axis=1)


def cudnn_weights(kernel, recurrent_kernel, bias, gates):
    """Weights of LSTM or GRU(reset_after=True) as cuDNN has them."""
    kernel = by_gate(kernel, gates, lambda block: block.T.reshape(block.shape))
    recurrent_kernel = by_gate(recurrent_kernel, gates, np.transpose)
    # cuDNN has two biases that it adds; unequal parts show that both are read.
    bias = np.concatenate([0.25 * bias, 0.75 * bias]) if bias.ndim == 1 else bias.reshape(-1)
    return kernel, recurrent_kernel, bias


def as_cudnn(config):
    """The configuration of a layer, and of those within it, with the CuDNN classes."""
    for layer in config.get("layers", []):
        as_cudnn_layer(layer)
    for key in ("layer", "backward_layer"):
        if isinstance(config.get(key), dict):
            as_cudnn_layer(config[key])


def as_cudnn_layer(layer):
    if layer["class_name"] in CLASSES:
        layer["class_name"] = CLASSES[layer["class_name"]][0]
        for key in ABSENT:
            layer["config"].pop(key, None)
    as_cudnn(layer["config"])


def rewrite(path):
    with h5py.File(path, "r+") as file:
        config = json.loads(file.attrs["model_config"])
        as_cudnn(config["config"])
        file.attrs["model_config"] = json.dumps(config)
        groups = []
        file["model_weights"].visititems(
            lambda name, item: groups.append(item) if isinstance(item, h5py.Group) and "recurrent_kernel:0" in item else None
        )
        for group in groups:
            names = ("kernel:0", "recurrent_kernel:0", "bias:0")
            values = [group[name][()] for name in names]
            gates = values[1].shape[1] // values[1].shape[0]
            for name, value in zip(names, cudnn_weights(*values, gates)):
                del group[name]
                group.create_dataset(name, data=value)


def cudnn(name, why, chain, **more):
    def build():
        return keras.Sequential([keras.Input(SEQUENCE), *chain()])

    return Case(
        name, why, build, rewrite=rewrite, generations=("keras2",), no_reload=NO_RELOAD, **more
    )


def states():
    """A decoder that starts from the states of an encoder."""
    source, target = keras.Input((5, 3), name="source"), keras.Input((4, 2), name="target")
    _, *state = layers.LSTM(4, return_state=True)(source)
    return keras.Model([source, target], layers.LSTM(4, return_sequences=True)(target, initial_state=state))


CASES = [
    cudnn("cudnn_lstm", "CuDNNLSTM.", lambda: [layers.LSTM(4)]),
    cudnn("cudnn_lstm_sequences", "CuDNNLSTM with all outputs.", lambda: [layers.LSTM(5, return_sequences=True)]),
    cudnn("cudnn_lstm_backwards", "CuDNNLSTM from the end.", lambda: [layers.LSTM(4, go_backwards=True)]),
    cudnn("cudnn_gru", "CuDNNGRU.", lambda: [layers.GRU(4)]),
    cudnn("cudnn_gru_sequences", "CuDNNGRU with all outputs.", lambda: [layers.GRU(5, return_sequences=True)]),
    cudnn(
        "cudnn_stack",
        "CuDNN layers behind each other and in a Bidirectional.",
        lambda: [
            layers.Bidirectional(layers.LSTM(4, return_sequences=True)),
            layers.Bidirectional(layers.GRU(2, return_sequences=True), merge_mode="sum"),
            layers.GRU(3),
            layers.Dense(2),
        ],
    ),
    Case(
        "cudnn_lstm_encoder_decoder",
        "CuDNNLSTM that starts from the states of another.",
        states,
        rewrite=rewrite,
        generations=("keras2",),
        no_reload=NO_RELOAD,
    ),
]
