"""TimeDistributed of layers and of whole models."""

from building import functional, layer_case, masked_steps
from case_writer import OPERATIONS_IN_H5, Case
from generation import keras, layers

MASKED = (7, 3)


def small_model():
    source = keras.Input((5, 3), name="frame")
    hidden = layers.Dense(4, activation="relu")(layers.Flatten()(source))
    return keras.Model(source, layers.BatchNormalization()(hidden), name="frame_model")


def distributed(name, why, shape, make, **more):
    return layer_case(f"time_distributed_{name}", why, shape, make, **more)


def twice():
    short, long = keras.Input((3, 6, 2), name="short"), keras.Input((5, 6, 2), name="long")
    layer = layers.TimeDistributed(layers.Conv1D(4, 3, activation="relu"))
    return keras.Model([short, long], [layer(short), layer(long)])


CASES = [
    distributed(
        "dense", "TimeDistributed Dense.", (4, 5), lambda: layers.TimeDistributed(layers.Dense(3, activation="tanh"))
    ),
    distributed(
        "dense_rank4", "TimeDistributed Dense on rank 4.", (2, 4, 5), lambda: layers.TimeDistributed(layers.Dense(3))
    ),
    distributed(
        "conv2d",
        "TimeDistributed Conv2D.",
        (3, 6, 7, 2),
        lambda: layers.TimeDistributed(layers.Conv2D(4, 3, padding="same", strides=2)),
    ),
    distributed("conv1d", "TimeDistributed Conv1D.", (3, 8, 2), lambda: layers.TimeDistributed(layers.Conv1D(4, 3))),
    distributed("flatten", "TimeDistributed Flatten.", (2, 3, 4, 5), lambda: layers.TimeDistributed(layers.Flatten())),
    distributed(
        "pooling", "TimeDistributed pooling.", (3, 6, 7, 2), lambda: layers.TimeDistributed(layers.MaxPooling2D(2))
    ),
    distributed(
        "batch_norm",
        "TimeDistributed BatchNormalization.",
        (4, 5),
        lambda: layers.TimeDistributed(layers.BatchNormalization()),
    ),
    distributed(
        "model", "TimeDistributed of a whole model.", (4, 5, 3), lambda: layers.TimeDistributed(small_model()), h5=True
    ),
    distributed(
        "sequential",
        "TimeDistributed of a Sequential.",
        (4, 5, 3),
        lambda: layers.TimeDistributed(keras.Sequential([keras.Input((5, 3)), layers.Flatten(), layers.Dense(4)])),
    ),
    distributed("lstm", "TimeDistributed LSTM.", (3, 5, 2), lambda: layers.TimeDistributed(layers.LSTM(4))),
    distributed(
        "video",
        "Convolution, pooling and Flatten per frame, an LSTM over the frames.",
        (4, 7, 6, 2),
        lambda: [
            layers.TimeDistributed(layers.Conv2D(3, 3, activation="relu")),
            layers.TimeDistributed(layers.MaxPooling2D(2)),
            layers.TimeDistributed(layers.Flatten()),
            layers.LSTM(5),
        ],
        h5=True,
    ),
    distributed(
        "masked",
        "TimeDistributed Dense hands the mask on to a GRU.",
        MASKED,
        lambda: [layers.Masking(), layers.TimeDistributed(layers.Dense(4)), layers.GRU(3)],
        inputs=masked_steps(MASKED),
        container=functional,
        no_reload=OPERATIONS_IN_H5,
    ),
    distributed(
        "bidirectional",
        "TimeDistributed of a Bidirectional.",
        (3, 5, 2),
        lambda: layers.TimeDistributed(layers.Bidirectional(layers.GRU(4))),
    ),
    distributed(
        "rnn_cells",
        "TimeDistributed of RNN over a stack of cells.",
        (3, 5, 2),
        lambda: layers.TimeDistributed(layers.RNN([layers.LSTMCell(4), layers.GRUCell(3)])),
    ),
    distributed(
        "conv_lstm",
        "TimeDistributed of ConvLSTM1D: sequences of sequences.",
        (3, 4, 6, 2),
        lambda: layers.TimeDistributed(layers.ConvLSTM1D(2, 3)),
    ),
    distributed(
        "free_steps",
        "TimeDistributed of a convolution over an unknown number of steps.",
        (None, 6, 5, 2),
        lambda: layers.TimeDistributed(layers.Conv2D(3, 2, strides=2, activation="relu")),
        container=functional,
    ),
    distributed(
        "model_free_steps",
        "TimeDistributed of a whole model over an unknown number of steps.",
        (None, 5, 3),
        lambda: [layers.TimeDistributed(small_model()), layers.LSTM(3)],
        container=functional,
    ),
    distributed(
        "nested",
        "TimeDistributed within TimeDistributed.",
        (2, 3, 5, 4),
        lambda: layers.TimeDistributed(layers.TimeDistributed(layers.Conv1D(3, 2))),
    ),
    distributed(
        "batch_norm_images",
        "TimeDistributed BatchNormalization of images, channels in the middle.",
        (3, 4, 5, 2),
        lambda: layers.TimeDistributed(layers.BatchNormalization(axis=2)),
    ),
    distributed(
        "depthwise",
        "TimeDistributed depthwise convolution.",
        (3, 6, 5, 2),
        lambda: layers.TimeDistributed(layers.DepthwiseConv2D(3, depth_multiplier=2)),
    ),
    Case("time_distributed_twice", "One TimeDistributed called on two sequences of different length.", twice, h5=True),
]
