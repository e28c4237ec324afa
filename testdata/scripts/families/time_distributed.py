"""TimeDistributed of layers and of whole models."""

from building import functional, layer_case, masked_steps
from case_writer import OPERATIONS_IN_H5
from generation import keras, layers

MASKED = (7, 3)


def small_model():
    source = keras.Input((5, 3), name="frame")
    hidden = layers.Dense(4, activation="relu")(layers.Flatten()(source))
    return keras.Model(source, layers.BatchNormalization()(hidden), name="frame_model")


def distributed(name, why, shape, make, **more):
    return layer_case(f"time_distributed_{name}", why, shape, make, **more)


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
]
