"""Compiled and fitted models: training config and optimizer state in the file."""

import numpy as np

from case_writer import BOTH, Case
from generation import keras, layers


def small_classifier():
    return keras.Sequential(
        [
            keras.Input((6,)),
            layers.Dense(5, activation="relu", kernel_regularizer="l2"),
            layers.BatchNormalization(),
            layers.Dropout(0.2),
            layers.Dense(3, activation="softmax"),
        ]
    )


def small_regressor():
    source = keras.Input((5, 3), name="x")
    hidden = layers.LSTM(4)(source)
    return keras.Model(
        source, [layers.Dense(2, name="place")(hidden), layers.Dense(1, activation="sigmoid", name="chance")(hidden)]
    )


def time_major():
    """The batch stands second, so that what Keras takes for samples are steps."""
    source = keras.Input((4, 3), name="x")
    return keras.Model(source, layers.LSTM(5, time_major=True, return_sequences=True)(source))


def locally_connected():
    return keras.Sequential(
        [
            keras.Input((6, 3)),
            layers.LocallyConnected1D(4, 2, kernel_regularizer="l2", kernel_constraint="max_norm"),
            layers.Flatten(),
            layers.Dense(3, activation="softmax"),
        ]
    )


def fit(model, targets, **compile_arguments):
    """Two short epochs, so that the file holds training config and optimizer state that is not zero."""
    rng = np.random.default_rng(5)
    data = rng.normal(size=(16, *model.inputs[0].shape[1:])).astype("float32")
    model.compile(**compile_arguments)
    model.fit(data, targets(rng, 16), epochs=2, batch_size=8, verbose=0, shuffle=False)


def one_hot(rng, count):
    return np.eye(3, dtype="float32")[rng.integers(0, 3, count)]


def place_and_chance(rng, count):
    return [rng.normal(size=(count, 2)).astype("float32"), rng.random((count, 1)).astype("float32")]


def fitted(name, why, build, targets, generations=BOTH, **compile_arguments):
    return Case(
        name,
        why,
        build,
        prepare=lambda model: fit(model, targets, **compile_arguments),
        h5=True,
        generations=generations,
    )


CASES = [
    fitted(
        "fitted_adam",
        "Compiled and fitted with Adam: training config and optimizer state in the file.",
        small_classifier,
        one_hot,
        optimizer="adam",
        loss="categorical_crossentropy",
        metrics=["accuracy"],
    ),
    fitted(
        "fitted_sgd_momentum",
        "Fitted with SGD with Nesterov momentum.",
        small_classifier,
        one_hot,
        optimizer=keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True),
        loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1),
    ),
    fitted(
        "fitted_rmsprop_schedule",
        "Fitted with RMSprop and a schedule as learning rate.",
        small_classifier,
        one_hot,
        optimizer=keras.optimizers.RMSprop(keras.optimizers.schedules.ExponentialDecay(0.01, 10, 0.9)),
        loss="mse",
        metrics=["mae"],
    ),
    fitted(
        "fitted_two_losses",
        "Two outputs with a loss and a weight each, fitted with Adam.",
        small_regressor,
        place_and_chance,
        optimizer=keras.optimizers.Adam(0.003),
        loss=["mse", "binary_crossentropy"],
        loss_weights=[1.0, 0.3],
    ),
    fitted(
        "fitted_time_major",
        "Fitted with Adam: the weights of a layer that Keras 3 turns round before.",
        time_major,
        lambda rng, count: rng.normal(size=(count, 4, 5)).astype("float32"),
        generations=("keras2",),
        optimizer="adam",
        loss="mse",
    ),
    fitted(
        "fitted_locally_connected",
        "Fitted with Adam: weights that Keras 3 lays out otherwise, with a regularizer and a constraint.",
        locally_connected,
        one_hot,
        generations=("keras2",),
        optimizer="adam",
        loss="categorical_crossentropy",
    ),
    Case(
        "compiled_only",
        "Compiled and never fitted: training config without optimizer state.",
        small_classifier,
        prepare=lambda model: model.compile("adam", "categorical_crossentropy"),
        h5=True,
    ),
]
