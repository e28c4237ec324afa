"""Layers on whole numbers, on several types at once, and under policies other than float32."""

import numpy as np

from building import functional, integers, layer_case
from case_writer import Case
from generation import keras, layers

KERAS3_ONLY = ("keras3",)


def on_integers(name, why, shape, make, low=-4, high=9, dtype="int32", **more):
    return layer_case(
        f"{name}_{dtype}", why, shape, make, integers(low, high, shape, dtype=dtype), dtype=dtype, h5=False, **more
    )


def merged(name, why, make, dtypes, **more):
    """A merging layer on inputs of several types."""

    def build():
        sources = [keras.Input((3, 4), dtype=dtype, name=letter) for letter, dtype in zip("abc", dtypes)]
        return keras.Model(sources, make()(sources))

    def inputs(rng, batch):
        return [(5.0 * rng.normal(size=(batch, 3, 4))).astype(dtype) for dtype in dtypes]

    return Case(name=name, why=why, build=build, inputs=inputs, **more)


def large(shape, dtype="float32", scale=1e5):
    """An ``inputs`` function: numbers of which float16 has no finite ones."""
    return lambda rng, batch: [(scale * rng.normal(size=(batch, *shape))).astype(dtype)]


def large_statistics(model):
    norm = model.layers[-1]
    norm.moving_mean.assign(np.array([4e4, -3e4, 100, 7e4, -10], "float32"))
    norm.moving_variance.assign(np.array([1e7, 2e9, 4e8, 3e7, 1e8], "float32"))


MERGES = [
    merged("average_int32", "The mean of whole numbers is a fraction.", layers.Average, ["int32"] * 3),
    merged("average_int8", "A sum in 8 bits, which may go round.", layers.Average, ["int8"] * 2),
    merged(
        "add_int32_float32",
        "A sum of both kinds is a fraction.",
        layers.Add,
        ["int32", "float32"],
        generations=KERAS3_ONLY,
    ),
    merged("multiply_bool_int64", "Truths are 0 and 1.", layers.Multiply, ["bool", "int64"], generations=KERAS3_ONLY),
    merged(
        "subtract_uint8_int32",
        "Types of whole numbers meet.",
        layers.Subtract,
        ["uint8", "int32"],
        generations=KERAS3_ONLY,
    ),
    merged(
        "concatenate_int32_int64",
        "The wider type holds both.",
        layers.Concatenate,
        ["int32", "int64"],
        generations=KERAS3_ONLY,
    ),
]

INTEGERS = [
    on_integers(
        "batch_norm",
        "Statistics of whole numbers are fractions.",
        (3, 4),
        layers.BatchNormalization,
        generations=KERAS3_ONLY,
    ),
    on_integers(
        "layer_norm",
        "The result is cut off to a whole number.",
        (3, 4),
        layers.LayerNormalization,
        generations=KERAS3_ONLY,
    ),
    on_integers(
        "group_norm",
        "As LayerNormalization.",
        (3, 4),
        lambda: layers.GroupNormalization(2),
        generations=KERAS3_ONLY,
    ),
    on_integers(
        "rms_norm",
        "As LayerNormalization, and stays whole.",
        (3, 4),
        lambda: layers.RMSNormalization(),
        any_output=True,
        generations=KERAS3_ONLY,
    ),
    on_integers(
        "spectral_norm",
        "The inner layer's result in the type of the input.",
        (4,),
        lambda: layers.SpectralNormalization(layers.Dense(3)),
        generations=KERAS3_ONLY,
    ),
    on_integers(
        "tanh",
        "A function of whole numbers is a fraction.",
        (4,),
        lambda: layers.Activation("tanh"),
        generations=KERAS3_ONLY,
    ),
    on_integers("leaky_relu", "As tanh.", (4,), layers.LeakyReLU, generations=KERAS3_ONLY),
    on_integers(
        "global_average",
        "The mean of whole numbers is a fraction.",
        (5, 3),
        layers.GlobalAveragePooling1D,
        generations=KERAS3_ONLY,
    ),
    on_integers(
        "upsampling_bilinear",
        "Keras 3 rounds, Keras 2 gives float32.",
        (3, 4, 2),
        lambda: layers.UpSampling2D((2, 4), interpolation="bilinear"),
        low=0,
        high=40,
        dtype="uint8",
    ),
    on_integers(
        "einsum_dense",
        "Whole numbers times a kernel.",
        (4, 3),
        lambda: layers.EinsumDense("abc,cd->abd", (None, 5), bias_axes="d"),
        generations=KERAS3_ONLY,
    ),
    on_integers(
        "masking",
        "No whole number is 1.5, so no step is masked.",
        (4, 1),
        lambda: layers.Masking(1.5),
        low=1,
        high=3,
        generations=KERAS3_ONLY,
    ),
    Case(
        name="multi_head_int32",
        why="Attention of whole numbers.",
        build=lambda: attention_of_integers(),
        inputs=integers(-3, 4, (4, 5)),
        generations=KERAS3_ONLY,
    ),
]

POLICIES = [
    layer_case(
        "batch_norm_mixed_float16_large",
        "Statistics that float16 cannot hold.",
        (3, 5),
        lambda: layers.BatchNormalization(dtype="mixed_float16"),
        large((3, 5), scale=1e4),
        prepare=large_statistics,
        container=functional,
        atol=4e-3,
        rtol=4e-3,
        h5=False,
    ),
    layer_case(
        "layer_norm_mixed_float16_large",
        "Keras 3 normalises before it casts.",
        (4, 5),
        lambda: layers.LayerNormalization(dtype="mixed_float16"),
        large((4, 5)),
        generations=KERAS3_ONLY,
        atol=4e-3,
        rtol=4e-3,
        h5=False,
    ),
    layer_case(
        "group_norm_mixed_float16_large",
        "Keras 3 normalises before it casts.",
        (4, 6),
        lambda: layers.GroupNormalization(2, dtype="mixed_float16"),
        large((4, 6)),
        generations=KERAS3_ONLY,
        atol=4e-3,
        rtol=4e-3,
        h5=False,
    ),
    layer_case(
        "random_crop_mixed_float16",
        "Keras 3 leaves the image as it is.",
        (4, 5, 2),
        lambda: layers.RandomCrop(3, 3, dtype="mixed_float16"),
        large((4, 5, 2)),
        generations=KERAS3_ONLY,
        h5=False,
        any_output=True,
    ),
    layer_case(
        "celu_float16",
        "A function that ONNX has in float32 alone.",
        (4, 5),
        lambda: layers.Activation("celu", dtype="float16"),
        generations=KERAS3_ONLY,
        atol=2e-3,
        rtol=2e-3,
        h5=False,
    ),
    layer_case(
        "upsampling_mixed_float16",
        "Interpolated in float32.",
        (3, 4, 2),
        lambda: layers.UpSampling2D((2, 3), interpolation="bicubic", dtype="mixed_float16"),
        atol=2e-3,
        rtol=2e-3,
        h5=False,
    ),
]


def attention_of_integers():
    source = keras.Input((4, 5), dtype="int32", name="x")
    return keras.Model(source, layers.MultiHeadAttention(2, 3)(source, source))


CASES = [*MERGES, *INTEGERS, *POLICIES]
