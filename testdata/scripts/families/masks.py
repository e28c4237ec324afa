"""How masks travel: through layers that keep the steps, together where sequences join, and where they end."""

from building import functional, layer_case, masked_steps, sequential
from case_writer import BOTH, OPERATIONS_IN_H5, Case
from generation import keras, layers

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


CASES = [
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
