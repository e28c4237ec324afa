"""Dense, Embedding and Masking: the layers that most others stand on."""

import numpy as np

from building import functional, integers, layer_case, masked_steps, masked_tokens
from case_writer import OPERATIONS_IN_H5, Case
from generation import keras, layers


def dense_without_input_layer():
    """Sequential whose input shape stands only in its first layer."""
    return keras.Sequential([layers.Dense(4, activation="tanh", input_shape=(5,)), layers.Dense(3)])


def dense_built_late():
    """Sequential without any input shape, built by a call: the file has build_input_shape only."""
    model = keras.Sequential([layers.Dense(4, activation="relu"), layers.Dense(3)])
    model.build((None, 6))
    return model


def embedding_masked_sum():
    source = keras.Input((7,), dtype="int32", name="tokens")
    embedded = layers.Embedding(9, 5, mask_zero=True)(source)
    return keras.Model(source, layers.GlobalAveragePooling1D()(embedded))


def reversible(tokens_masked=False, policy=None, **options):
    """Tokens into vectors, and vectors back to how well each token fits."""
    source = keras.Input((5,), dtype="int32", name="tokens")
    embedding = layers.ReversibleEmbedding(9, 4, mask_zero=tokens_masked, dtype=policy, **options)
    value = embedding(source)
    value = layers.LSTM(4, return_sequences=True)(value) if tokens_masked else layers.Dense(4, dtype=policy)(value)
    return keras.Model(source, layers.Activation("linear", dtype="float32")(embedding(value, reverse=True)))


def adapted(shape, make, dtype="float32", alpha=None):
    """A layer with LoRA: Keras saves the sum of its kernel and what LoRA adds."""
    source = keras.Input(shape, dtype=dtype, name="x")
    layer = make()
    model = keras.Model(source, layer(source))
    layer.enable_lora(2, lora_alpha=alpha)
    return model


REVERSIBLE = [
    Case(f"reversible_embedding_{name}", why, lambda options=options: reversible(**options),
         inputs=masked_tokens(5, 9), generations=("keras3",), **more)
    for name, why, options, more in (
        ("tied", "The same table in both directions.", {}, {"h5": True}),
        ("untied", "A table for each direction.", {"tie_weights": False}, {"h5": True}),
        ("masked_capped", "A mask on the way in, a limit on the way out.",
         {"tokens_masked": True, "logit_soft_cap": 0.8}, {}),
        ("reverse_dtype", "Reversed in 64 bits.", {"reverse_dtype": "float64"}, {}),
        ("mixed_float16", "Under a mixed policy the reverse stays in 32 bits.", {"policy": "mixed_float16"},
         {"atol": 5e-3, "rtol": 5e-3}),
    )
]

LORA = [
    Case(f"lora_{name}", "LoRA is within the saved kernel.", build, generations=("keras3",), h5=h5, inputs=inputs)
    for name, build, inputs, h5 in (
        ("dense", lambda: adapted((5,), lambda: layers.Dense(4)), None, False),
        ("dense_alpha", lambda: adapted((5,), lambda: layers.Dense(4, use_bias=False), alpha=7.0), None, False),
        ("einsum_dense", lambda: adapted((5, 4), lambda: layers.EinsumDense("abc,cde->abde", (None, 2, 3))), None, False),
        ("conv2d", lambda: adapted((6, 7, 2), lambda: layers.Conv2D(3, 2)), None, False),
        ("embedding", lambda: adapted((5,), lambda: layers.Embedding(9, 4), "int32"), integers(0, 9, (5,)), False),
    )
]

CASES = [
    *REVERSIBLE,
    *LORA,
    layer_case("dense_rank2", "Dense on (batch, features).", (5,), lambda: layers.Dense(3)),
    layer_case("dense_rank3", "Dense contracts the last axis of rank 3.", (4, 5), lambda: layers.Dense(3)),
    layer_case("dense_rank4", "Dense contracts the last axis of rank 4.", (2, 4, 5), lambda: layers.Dense(3)),
    layer_case("dense_no_bias", "Dense without a bias.", (5,), lambda: layers.Dense(4, use_bias=False)),
    layer_case(
        "dense_no_bias_rank3",
        "Dense without a bias on rank 3, with an activation.",
        (3, 6),
        lambda: layers.Dense(4, use_bias=False, activation="tanh"),
    ),
    layer_case(
        "dense_one_unit", "A single unit must keep its axis.", (6,), lambda: layers.Dense(1, activation="sigmoid")
    ),
    layer_case("dense_one_feature", "A single input feature.", (1,), lambda: layers.Dense(4)),
    layer_case(
        "dense_chain",
        "Three layers in a row, so that weights matched in the wrong order show.",
        (5,),
        lambda: [layers.Dense(7, activation="relu"), layers.Dense(4, activation="tanh"), layers.Dense(3)],
        h5=True,
    ),
    layer_case(
        "dense_same_sizes",
        "Square kernels: a transposed or exchanged kernel fits in shape and only shows in numbers.",
        (4,),
        lambda: [layers.Dense(4, activation="tanh"), layers.Dense(4)],
    ),
    layer_case(
        "dense_regularized",
        "Regularizers, constraints and initializers in the config change nothing at inference.",
        (5,),
        lambda: layers.Dense(
            4,
            kernel_regularizer=keras.regularizers.L1L2(0.01, 0.02),
            bias_regularizer="l2",
            activity_regularizer=keras.regularizers.L2(0.01),
            kernel_constraint=keras.constraints.MaxNorm(2.0),
            bias_constraint="non_neg",
            kernel_initializer=keras.initializers.VarianceScaling(2.0, "fan_out", "uniform"),
            bias_initializer="ones",
        ),
        h5=True,
    ),
    layer_case(
        "dense_frozen",
        "A layer with trainable=False.",
        (5,),
        lambda: [layers.Dense(6, trainable=False, activation="relu"), layers.Dense(3)],
    ),
    layer_case("dense_free_steps", "Rank 3 with an unknown number of steps.", (None, 5), lambda: layers.Dense(3)),
    Case(
        "dense_input_shape",
        "Sequential without an InputLayer of its own: input_shape= on the first layer.",
        dense_without_input_layer,
        h5=True,
    ),
    Case(
        "dense_built_late",
        "Sequential without an input shape, built afterwards.",
        dense_built_late,
        inputs=lambda rng, batch: [rng.normal(size=(batch, 6)).astype("float32")],
        h5=True,
    ),
    layer_case(
        "embedding", "Embedding of int32 tokens.", (7,), lambda: layers.Embedding(9, 5), integers(0, 9, (7,)), "int32"
    ),
    layer_case(
        "embedding_float_tokens",
        "Tokens that come as float32, as an Input without dtype gives them.",
        (7,),
        lambda: layers.Embedding(9, 5),
        integers(0, 9, (7,), dtype="float32"),
        h5=True,
    ),
    layer_case(
        "embedding_int64",
        "Tokens of int64.",
        (6,),
        lambda: layers.Embedding(11, 4),
        integers(0, 11, (6,), dtype="int64"),
        "int64",
    ),
    layer_case(
        "embedding_rank3",
        "Tokens of rank 3.",
        (3, 4),
        lambda: layers.Embedding(8, 5),
        integers(0, 8, (3, 4)),
        "int32",
    ),
    layer_case(
        "embedding_dense",
        "Embedding, Flatten, Dense.",
        (6,),
        lambda: [layers.Embedding(10, 4), layers.Flatten(), layers.Dense(3, activation="softmax")],
        integers(0, 10, (6,)),
        "int32",
    ),
    layer_case(
        "embedding_mask_zero",
        "mask_zero by itself does not change the vectors: row 0 is an ordinary row.",
        (7,),
        lambda: layers.Embedding(9, 5, mask_zero=True),
        masked_tokens(7, 9),
        "int32",
        container=functional,
    ),
    Case(
        "embedding_mask_average",
        "GlobalAveragePooling1D counts only the unmasked tokens (a row of masked ones would be 0/0, so there is none).",
        embedding_masked_sum,
        inputs=lambda rng, batch: [
            np.array([[1, 2, 3, 0, 0, 0, 0], [0, 0, 4, 5, 6, 7, 8], [3, 0, 2, 0, 1, 8, 0]], "int32")
        ],
        h5=True,
        no_reload=OPERATIONS_IN_H5,
    ),
    layer_case(
        "masking", "Masking sets masked steps to zero.", (6, 3), lambda: layers.Masking(), masked_steps((6, 3)), h5=True
    ),
    layer_case(
        "masking_value",
        "Masking with a value other than zero writes zeros there.",
        (6, 3),
        lambda: layers.Masking(mask_value=-1.5),
        masked_steps((6, 3), -1.5),
    ),
    layer_case(
        "masking_dense",
        "A Dense behind a Masking computes every step, masked or not.",
        (6, 3),
        lambda: [layers.Masking(mask_value=2.0), layers.Dense(4, activation="tanh")],
        masked_steps((6, 3), 2.0),
    ),
    layer_case("activation_only", "A model without any weight.", (4, 3), lambda: layers.Activation("tanh")),
]
