"""Layers that prepare numbers: Rescaling, Normalization, Discretization, CategoryEncoding."""

import numpy as np

from building import functional, integers, layer_case
from case_writer import Case
from generation import keras, layers


def around(center, deviation, *shape):
    """An ``inputs`` function: floats around a center, far from the mean 0 of other cases."""

    def make(rng, batch):
        return [rng.normal(center, deviation, (batch, *shape)).astype("float32")]

    return make


def bytes_of(*shape, dtype="uint8"):
    """An ``inputs`` function: whole numbers from 0 to 255, as images have them."""

    def make(rng, batch):
        return [rng.integers(0, 256, (batch, *shape)).astype(dtype)]

    return make


def rescaling(name, why, shape, *arguments, inputs=None, **more):
    return layer_case(
        f"rescaling_{name}", why, shape, lambda: layers.Rescaling(*arguments), inputs or bytes_of(*shape, dtype="float32"), **more
    )


def normalization(name, why, shape, dtype="float32", inputs=None, **arguments):
    """Adapted where no mean is given: the random weights are then those of a training set."""
    return layer_case(
        f"normalization_{name}",
        why,
        shape,
        lambda: layers.Normalization(**arguments),
        inputs or around(3, 2, *shape),
        dtype,
        prepare=None if "mean" in arguments else positive_variance,
    )


def positive_variance(model):
    """Statistics as adapt() would leave them; one variance is zero, which Keras limits from below."""
    for layer in model.layers:
        if isinstance(layer, layers.Normalization):
            mean, variance, _ = layer.get_weights()
            layer.set_weights([3 + mean, 0.5 + np.abs(variance), np.array(1234)])
            layer.finalize_state()


def masked(name, layer):
    """A layer between a Masking and an LSTM: Keras 3 hands the mask on, Keras 2 does not."""

    def build():
        return functional((6, 3), [layers.Masking(), layer(), layers.LSTM(4)])

    def inputs(rng, batch):
        data = rng.normal(0, 1, (4, 6, 3)).astype("float32")
        data[0, 4:] = 0
        data[1, :2] = 0
        data[2, 2:4] = 0
        return [data]

    return Case(
        name=f"{name}_masked",
        why="A mask goes through in Keras 3 and ends in Keras 2.",
        build=build,
        inputs=inputs,
        prepare=positive_variance,
    )


RESCALING = [
    rescaling("scale", "x / 255.", (3, 4, 5), 1 / 255),
    rescaling("offset", "x / 127.5 - 1, as MobileNet has it.", (3, 4, 5), 1 / 127.5, -1.0, h5=True),
    rescaling("list", "A scale per channel, as EfficientNet has it.", (3, 4, 3), [0.1, 0.02, 0.03], h5=True),
    rescaling("lists", "A scale and an offset per channel.", (4, 3), [0.1, 0.02, 0.03], [1.5, -2.5, 0.25]),
    rescaling("offsets", "One scale and an offset per channel.", (3, 4, 3), 0.01, [1.5, -2.5, 0.25]),
    rescaling("array", "A numpy array, which Keras 3 writes in an envelope.", (4, 3), np.array([0.1, 0.02, 0.03])),
    rescaling("rank2", "On rank 2.", (5,), 0.01, 0.5),
    rescaling("uint8", "Bytes become floats.", (3, 4, 5), 1 / 255, inputs=bytes_of(3, 4, 5), dtype="uint8"),
    rescaling(
        "int32", "Whole numbers become floats.", (4, 5), 0.01, 0.5, inputs=bytes_of(4, 5, dtype="int32"), dtype="int32"
    ),
    layer_case(
        "rescaling_mixed_float16",
        "Under mixed precision the result is float16.",
        (4, 5),
        lambda: [layers.Rescaling(1 / 128, -1.0, dtype="mixed_float16"), layers.Dense(3)],
        bytes_of(4, 5, dtype="float32"),
        atol=4e-3,
        rtol=4e-3,
    ),
    layer_case(
        "rescaling_free_size",
        "Images of unknown size.",
        (None, None, 3),
        lambda: [layers.Rescaling([0.01, 0.02, 0.03]), layers.Conv2D(4, 3, padding="same")],
        bytes_of(5, 7, 3, dtype="float32"),
    ),
    masked("rescaling", lambda: layers.Rescaling(0.5, 0.25)),
]

NORMALIZATION = [
    normalization("default", "The last axis, learned statistics.", (5,)),
    normalization("rank3", "The last axis of rank 3.", (4, 5)),
    normalization("image", "The channels of an image, as EfficientNet has it.", (3, 4, 5)),
    normalization("axis1", "Axis 1.", (4, 5), axis=1),
    normalization("axes", "Two axes.", (3, 4, 5), axis=(1, -1)),
    normalization("axes_reversed", "Two axes in falling order: the statistics have them rising.", (3, 4), axis=(2, 1)),
    normalization("none", "One mean of everything.", (3, 4), axis=None),
    normalization("invert", "From normalized numbers back.", (4, 5), invert=True, inputs=around(0, 1, 4, 5)),
    normalization("given", "Mean and variance in the configuration.", (3,), mean=[1.5, 2.5, 3.5], variance=[2.0, 0.5, 4.0]),
    normalization("given_scalar", "One mean for every channel.", (4, 5), mean=2.5, variance=4.0),
    normalization("given_none", "One mean without an axis.", (4, 5), axis=None, mean=2.5, variance=4.0),
    normalization(
        "given_invert", "The inverse with given statistics.", (3,), mean=[1.5, 2.5, 3.5], variance=[2.0, 0.5, 4.0], invert=True
    ),
    normalization(
        "given_image",
        "Given for the channels of an image, as ConvNeXt has it.",
        (3, 4, 3),
        mean=[1.5, 2.5, 3.5],
        variance=[2.0, 0.5, 4.0],
    ),
    normalization(
        "given_two_axes",
        "Given as a matrix.",
        (2, 3),
        axis=(1, 2),
        mean=[[1.5, 2.5, 3.5], [2.0, 3.0, 4.0]],
        variance=[[2.0, 0.5, 4.0], [1.0, 3.0, 0.25]],
    ),
    normalization(
        "given_broadcast",
        "A row for a matrix of axes.",
        (2, 3),
        axis=(1, 2),
        mean=[1.5, 2.5, 3.5],
        variance=[2.0, 0.5, 4.0],
    ),
    normalization(
        "int32", "Whole numbers become floats.", (5,), dtype="int32", inputs=integers(0, 9, (5,))
    ),
    layer_case(
        "normalization_adapted",
        "Learned by adapt() from data with a constant column, whose deviation Keras limits from below.",
        (4,),
        lambda: layers.Normalization(),
        lambda rng, batch: [np.concatenate([rng.normal(2, 3, (batch, 3)), np.full((batch, 1), 5)], 1).astype("float32")],
        prepare=lambda model: adapt(model),
    ),
    masked("normalization", layers.Normalization),
]


def adapt(model):
    rng = np.random.default_rng(7)
    data = np.concatenate([rng.normal(2, 3, (40, 3)), np.full((40, 1), 5)], 1).astype("float32")
    layer = next(layer for layer in model.layers if isinstance(layer, layers.Normalization))
    layer.adapt(data)


def discretization(name, why, shape, mode, generations=("keras2", "keras3"), inputs=None, **more):
    return layer_case(
        f"discretization_{name}",
        why,
        shape,
        lambda: layers.Discretization([-0.75, 0.0, 0.5, 1.25], output_mode=mode),
        inputs or with_boundaries(*shape),
        generations=generations,
        **more,
    )


def with_boundaries(*shape):
    """An ``inputs`` function: the first elements are boundaries, infinite, and no number."""

    def make(rng, batch):
        data = rng.normal(0.0, 1.0, (4, *shape)).astype("float32")
        data.flat[:4] = [0.5, -0.75, np.inf, np.nan]
        return [data]

    return make


def adapted_bins():
    layer = layers.Discretization(num_bins=5)
    layer.adapt(np.random.default_rng(5).normal(0, 1, (60, 1)).astype("float32"))
    return layer


def category(name, why, shape, mode, generations=("keras2", "keras3"), dtype="int32", **more):
    return layer_case(
        f"category_encoding_{name}",
        why,
        shape,
        lambda: layers.CategoryEncoding(6, output_mode=mode),
        integers(0, 6, shape, dtype=dtype),
        dtype,
        generations=generations,
        **more,
    )


def count_weights():
    numbers = keras.Input((5,), dtype="int32", name="numbers")
    weights = keras.Input((5,), name="weights")
    encoded = layers.CategoryEncoding(6, output_mode="count")(numbers, count_weights=weights)
    return keras.Model([numbers, weights], encoded)


def adapted_bins():
    layer = layers.Discretization(num_bins=5)
    layer.adapt(np.random.default_rng(5).normal(0, 1, (60, 1)).astype("float32"))
    return layer


KERAS3_ALONE = ("keras3",)

def adapted_bins():
    layer = layers.Discretization(num_bins=5)
    layer.adapt(np.random.default_rng(5).normal(0, 1, (60, 1)).astype("float32"))
    return layer


CATEGORIES = [
    discretization("int", "Bins; boundaries belong to the bin behind them.", (5,), "int"),
    discretization("int_rank3", "Bins on rank 3.", (3, 4), "int", h5=True),
    discretization("one_hot", "A vector for the only number.", (1,), "one_hot"),
    discretization("one_hot_rank2", "A vector for each number.", (5,), "one_hot", KERAS3_ALONE),
    discretization("multi_hot", "Which bins occur.", (5,), "multi_hot"),
    discretization("count", "How often bins occur.", (5,), "count"),
    discretization("count_rank3", "Keras 3 counts along axis 1.", (3, 4), "count", KERAS3_ALONE),
    layer_case(
        "discretization_adapted",
        "Boundaries learned by adapt().",
        (4,),
        # The summary that Keras 2 stores has no fixed shape, so that no random one can be made.
        adapted_bins,
        generations=KERAS3_ALONE,
        h5=True,
    ),
    category("one_hot", "A vector for the only number.", (1,), "one_hot"),
    category("one_hot_rank2", "A vector for each number.", (5,), "one_hot", KERAS3_ALONE),
    category("one_hot_rank3", "A last axis of 1 on rank 3.", (3, 1), "one_hot", KERAS3_ALONE),
    category("multi_hot", "Which numbers occur.", (5,), "multi_hot", h5=True),
    category("multi_hot_int64", "Of int64.", (5,), "multi_hot", dtype="int64"),
    category("count", "How often numbers occur.", (5,), "count"),
    Case(
        name="category_encoding_count_weights",
        why="What each number counts.",
        build=count_weights,
        inputs=lambda rng, batch: [
            rng.integers(0, 6, (batch, 5)).astype("int32"),
            rng.normal(size=(batch, 5)).astype("float32"),
        ],
    ),
]


CASES = RESCALING + NORMALIZATION + CATEGORIES
