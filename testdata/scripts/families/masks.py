"""How masks travel: through layers that keep the steps, together where sequences join, and where they end."""

from building import functional, layer_case, masked_steps, sequential
from case_writer import BOTH, OPERATIONS_IN_H5, Case
from generation import KERAS2, keras, layers

UNITS = 4
MASKED = (7, 3)


def masked_pair(name, why, join, generations=BOTH):
    """Two masked sequences joined by ``join`` and read by an LSTM: how masks go together."""

    def build():
        a, b = keras.Input(MASKED, name="a"), keras.Input(MASKED, name="b")
        joined = join(layers.Masking()(a), layers.Masking()(b), b)
        return keras.Model([a, b], layers.LSTM(UNITS, return_sequences=True)(joined))

    def inputs(rng, batch):
        a, b = masked_steps(MASKED)(rng, 5)[0], masked_steps(MASKED)(rng, 5)[0]
        return [a, b[[1, 2, 0, 4, 3]]]  # other rows under other masks, so that both masks matter

    return Case(f"mask_{name}", why, build, inputs=inputs, no_reload=OPERATIONS_IN_H5, generations=generations)


def masked_chain(name, why, *makers, **more):
    """Layers between a Masking and a GRU; ``makers`` make them."""
    return layer_case(
        f"mask_through_{name}",
        why,
        MASKED,
        lambda: [layers.Masking(), *(make() for make in makers), layers.GRU(UNITS, return_sequences=True)],
        inputs=masked_steps(MASKED),
        no_reload=OPERATIONS_IN_H5,
        h5=False,
        **more,
    )


def two_level_tokens():
    """Documents of sentences of words: the mask of the words goes into the steps."""
    words = keras.Input((4, 5), dtype="int32", name="words")
    embedded = layers.Embedding(9, 3, mask_zero=True)(words)
    sentences = layers.TimeDistributed(layers.LSTM(4))(embedded)
    # In Keras 3 the mask that comes out still has words, which no layer after it takes.
    return keras.Model(words, layers.GRU(3, return_sequences=True)(sentences) if KERAS2 else layers.Dense(3)(sentences))


def two_level_inputs(rng, batch):
    tokens = rng.integers(1, 9, (4, 4, 5)).astype("int32")
    tokens[0, 1:, 2:] = 0
    tokens[1, 2, :3] = 0
    tokens[2, 3] = 0
    return [tokens]


CASES = [
    *[
        masked_chain(
            f"{kind.lower()}_zero_output{'_unrolled' if unroll else ''}_{'sequence' if sequence else 'last'}",
            "Masked steps return zero, seen from behind.",
            lambda kind=kind, unroll=unroll, sequence=sequence: getattr(layers, kind)(
                4, return_sequences=sequence, go_backwards=True, unroll=unroll, zero_output_for_mask=True
            ),
            lambda sequence=sequence: layers.Dense(3) if sequence else layers.RepeatVector(3),
            container=functional,
            # Keras 2 fails on shapes of its own where it unrolls to the last output.
            generations=("keras3",) if unroll and not sequence else BOTH,
        )
        for kind, unroll, sequence in (
            ("GRU", True, True),
            ("LSTM", False, True),
            ("LSTM", True, False),
            ("GRU", False, False),
        )
    ],
    Case(
        "mask_two_levels",
        "The mask of words within sentences.",
        two_level_tokens,
        inputs=two_level_inputs,
        no_reload=OPERATIONS_IN_H5,
    ),
    *[
        masked_pair(
            kind.lower(),
            "In Keras 3 a masked step leaves the result to the other inputs.",
            lambda a, b, plain_b, kind=kind: getattr(layers, kind)()([layers.Dense(3)(a), layers.Dense(3)(b), plain_b]),
        )
        for kind in ("Maximum", "Minimum")
    ],
    masked_pair(
        "multiply_one",
        "Multiply of a masked and an unmasked sequence: Keras 3 takes masked steps as ones.",
        lambda a, b, plain_b: layers.Multiply()([layers.Dense(3)(a), plain_b]),
    ),
    masked_chain(
        "layers",
        "The mask passes through layers that keep the steps.",
        lambda: layers.Dense(5),
        layers.BatchNormalization,
        layers.LeakyReLU,
        lambda: layers.Dropout(0.2),
        layers.LayerNormalization,
        lambda: layers.Activation("tanh"),
        container=functional,
    ),
    masked_chain(
        "layers_sequential",
        "The same in a Sequential, where Keras 3 keeps the mask implicit.",
        lambda: layers.Dense(5),
        layers.BatchNormalization,
        lambda: layers.SpatialDropout1D(0.2),
        lambda: layers.Activation("tanh"),
        container=sequential,
    ),
    masked_chain(
        "conv", "A convolution drops the mask.", lambda: layers.Conv1D(5, 3, padding="same"), container=functional
    ),
    masked_chain("reshape", "A Reshape drops the mask.", lambda: layers.Reshape((3, 7)), container=functional),
    masked_chain(
        "repeat",
        "The last output carries no mask on: a sequence autoencoder.",
        lambda: layers.LSTM(3),
        lambda: layers.RepeatVector(5),
        container=functional,
    ),
    masked_chain(
        "bidirectional",
        "Bidirectional hands the mask on, twice, in a Sequential.",
        lambda: layers.Bidirectional(layers.LSTM(3, return_sequences=True)),
        lambda: layers.TimeDistributed(layers.Dense(5)),
        lambda: layers.Bidirectional(layers.SimpleRNN(2, return_sequences=True), merge_mode="ave"),
        container=sequential,
    ),
    masked_pair(
        "add",
        "Add of two masked sequences: a step is valid where both are in Keras 2, where either is in Keras 3.",
        lambda a, b, plain_b: layers.Add()([a, b]),
    ),
    masked_pair(
        "multiply",
        "Multiply of two masked sequences: both valid in Keras 2, either in Keras 3.",
        lambda a, b, plain_b: layers.Multiply()([a, b]),
    ),
    masked_pair(
        "add_one",
        "Add of a masked and an unmasked sequence: Keras 2 keeps the one mask, Keras 3 has none.",
        lambda a, b, plain_b: layers.Add()([a, plain_b]),
    ),
    masked_pair(
        "concatenate",
        "Concatenate of features of two masked sequences: both valid in Keras 2, either in Keras 3.",
        lambda a, b, plain_b: layers.Concatenate()([a, b]),
    ),
    masked_pair(
        "concatenate_one",
        "Concatenate of a masked and an unmasked sequence: the one mask in Keras 2, every step valid in Keras 3.",
        lambda a, b, plain_b: layers.Concatenate()([a, plain_b]),
    ),
    masked_pair(
        "concatenate_steps",
        "Concatenate of the steps of two masked sequences.",
        lambda a, b, plain_b: layers.Concatenate(axis=1)([a, b]),
    ),
    masked_pair(
        "concatenate_steps_one",
        "Concatenate of the steps of a masked and an unmasked sequence.",
        lambda a, b, plain_b: layers.Concatenate(axis=1)([a, plain_b]),
        generations=("keras3",),  # Keras 2 fails in its own mask arithmetic
    ),
]
