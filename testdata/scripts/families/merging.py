"""Layers that join several inputs, with equal shapes and with shapes that broadcast."""

import numpy as np

from building import channel_axis, integers, several_inputs_case
from case_writer import Case
from generation import keras, layers

ELEMENTWISE = {
    "add": layers.Add,
    "multiply": layers.Multiply,
    "average": layers.Average,
    "maximum": layers.Maximum,
    "minimum": layers.Minimum,
}


def merge(name, why, shapes, make, **more):
    """A merging layer right on its inputs."""
    return several_inputs_case(name, why, shapes, lambda *sources: make()(list(sources)), **more)


def elementwise(name, kind):
    return [
        merge(f"{name}_two", f"{name} of two inputs.", [(4, 5), (4, 5)], kind),
        merge(f"{name}_three", f"{name} of three inputs.", [(4, 5)] * 3, kind),
        merge(f"{name}_broadcast_rows", f"{name} that broadcasts a row.", [(4, 5), (1, 5)], kind),
        merge(f"{name}_broadcast_both", f"{name} where each input broadcasts.", [(4, 1, 3), (1, 5, 3)], kind),
        merge(
            f"{name}_ranks",
            f"{name} of rank 4 and rank 2: the missing axes stand behind the batch.",
            [(3, 4, 5), (5,)],
            kind,
        ),
    ]


def concatenate(name, why, shapes, axis):
    return merge(f"concatenate_{name}", why, shapes, lambda: layers.Concatenate(axis=axis))


def dot_of_vectors(**arguments):
    a, b = keras.Input((5,), name="a"), keras.Input((5,), name="b")
    return keras.Model([a, b], layers.Dot(1, **arguments)([a, b]))


def free_dot():
    a, b = keras.Input((None, 5), name="a"), keras.Input((None, 5), name="b")
    return keras.Model([a, b], layers.Dot((2, 2), normalize=True)([a, b]))


def dot(name, why, shapes, axes, normalize=False):
    return merge(f"dot_{name}", why, shapes, lambda: layers.Dot(axes=axes, normalize=normalize))


def average_of_whole_numbers():
    sources = [keras.Input((4, 3), name=letter, dtype="int32") for letter in "ab"]
    return keras.Model(sources, layers.Average()(sources))


def same_input_twice():
    source = keras.Input((4, 5), name="x")
    return keras.Model(source, layers.Add()([source, source]))


def function_form():
    """The merging functions keras.layers.add(...) and concatenate(...) make ordinary layers."""
    a, b = keras.Input((4, 5), name="a"), keras.Input((4, 5), name="b")
    joined = layers.concatenate([layers.add([a, b]), layers.multiply([a, b])], axis=1)
    return keras.Model([a, b], joined)


def concatenate_branches(data_format):
    shape = (3, 6, 7) if data_format == "channels_first" else (6, 7, 3)
    source = keras.Input(shape, name="x")
    left = layers.Conv2D(4, 3, padding="same", data_format=data_format)(source)
    right = layers.Conv2D(2, 1, data_format=data_format, activation="relu")(source)
    joined = layers.Concatenate(axis=channel_axis(data_format))([left, right, source])
    return keras.Model(source, layers.Conv2D(5, 2, data_format=data_format)(joined))


CASES = [
    Case(
        name="average_whole_numbers",
        why="Averages of whole numbers have fractions.",
        build=average_of_whole_numbers,
        inputs=integers(-5, 6, (4, 3), (4, 3)),
    ),
    *[case for name, kind in ELEMENTWISE.items() for case in elementwise(name, kind)],
    merge("subtract_two", "a - b: the order matters.", [(4, 5), (4, 5)], layers.Subtract, h5=True),
    merge("subtract_broadcast", "Subtract that broadcasts the first input.", [(1, 5), (4, 5)], layers.Subtract),
    merge("subtract_ranks", "Subtract of rank 2 and rank 4.", [(5,), (3, 4, 5)], layers.Subtract),
    merge("average_five", "Average of five inputs.", [(3, 4)] * 5, layers.Average),
    concatenate("default", "Last axis, different widths.", [(4, 5), (4, 3)], -1),
    concatenate("axis1", "Axis 1, different lengths.", [(4, 5), (2, 5), (3, 5)], 1),
    concatenate("axis2_of_4", "Axis 2 of rank 4.", [(3, 4, 5), (3, 2, 5)], 2),
    concatenate("axis_minus2", "Axis -2.", [(4, 5), (2, 5)], -2),
    concatenate("rank2", "Rank 2.", [(4,), (5,), (3,)], 1),
    dot("rank2", "Two vectors give one number per sample, of shape (batch, 1).", [(5,), (5,)], 1),
    dot("rank2_normalized", "Cosine of two vectors.", [(5,), (5,)], 1, normalize=True),
    dot("rank3", "Axes (2, 2) of rank 3.", [(4, 5), (3, 5)], 2),
    dot("rank3_1_1", "Axes (1, 1) of rank 3.", [(5, 4), (5, 3)], 1),
    dot("rank3_2_1", "Axes (2, 1): a matrix product.", [(4, 5), (5, 3)], (2, 1)),
    dot("rank3_1_2", "Axes (1, 2).", [(5, 4), (3, 5)], (1, 2)),
    dot("rank3_negative", "Negative axes.", [(4, 5), (3, 5)], -1),
    dot("rank3_normalized", "Normalised along the contracted axis.", [(4, 5), (3, 5)], (2, 2), normalize=True),
    dot("rank3_rank2", "Rank 3 with rank 2.", [(4, 5), (5,)], (2, 1)),
    dot("rank2_rank3", "Rank 2 with rank 3.", [(5,), (4, 5)], (1, 2)),
    dot("rank3_mixed_negative", "Axes (-1, 1).", [(4, 5), (5, 3)], (-1, 1)),
    dot("rank4_normalized", "Rank 4 with rank 3, normalised.", [(2, 4, 5), (5, 3)], (3, 1), normalize=True),
    dot("rank4_middle", "The middle axis of rank 4 with rank 2.", [(2, 5, 3), (5,)], (2, 1)),
    dot("rank4_rank4", "Rank 4 with rank 4, negative axes.", [(2, 4, 5), (3, 5, 2)], (-1, -2)),
    Case(
        "dot_free_steps",
        "Attention scores of two sequences of unknown lengths, normalised.",
        free_dot,
        inputs=lambda rng, batch: [rng.normal(size=(batch, n, 5)).astype("float32") for n in (4, 3)],
    ),
    Case(
        "dot_normalized_short",
        "Vectors of length 1e-3, 3e-7 and 0: what is taken for zero differs between Keras 2 and 3.",
        lambda: dot_of_vectors(normalize=True),
        inputs=lambda rng, batch: [
            rng.normal(size=(3, 5)).astype("float32") * np.float32([[1e-3], [3e-7], [0.0]]),
            rng.normal(size=(3, 5)).astype("float32"),
        ],
    ),
    dot("rank4", "Rank 4 with rank 3.", [(2, 4, 5), (5, 3)], (3, 1)),
    Case("add_same_input", "One tensor taken twice.", same_input_twice, h5=True),
    Case("function_form", "add, multiply and concatenate called as functions.", function_form),
    Case(
        "concatenate_branches",
        "Branches of different width joined along the channels.",
        lambda: concatenate_branches("channels_last"),
        h5=True,
    ),
    Case(
        "concatenate_branches_channels_first",
        "Branches joined along axis 1.",
        lambda: concatenate_branches("channels_first"),
        twin=lambda: concatenate_branches("channels_last"),
    ),
]
