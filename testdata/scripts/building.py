"""Short ways to build the one-layer models that most tables are made of."""

import zlib

import numpy as np

from case_writer import Case
from generation import keras


def is_every(name, n, remainder=0):
    """True for every n-th name, evenly spread but stable when rows are added."""
    return zlib.crc32(name.encode()) % n == remainder


def functional(shape, chain, dtype="float32"):
    """A functional model: one input of the given shape (without batch) through a chain of new layers."""
    source = keras.Input(shape, dtype=dtype, name="x")
    value = source
    for layer in chain:
        value = layer(value)
    return keras.Model(source, value)


def sequential(shape, chain, dtype="float32"):
    return keras.Sequential([keras.Input(shape, dtype=dtype), *chain])


def as_chain(made):
    return made if isinstance(made, list) else [made]


def layer_case(name, why, shape, make, inputs=None, dtype="float32", h5=None, container=None, **more):
    """A case of one layer (or a short chain) on one input.

    ``make`` returns a new layer or a list of them. Every third case is Sequential and every third also a Keras 3
    .h5, unless the row says otherwise.
    """
    if container is None:
        container = sequential if is_every("container " + name, 3) else functional
    return Case(
        name=name,
        why=why,
        build=lambda: container(shape, as_chain(make()), dtype),
        inputs=inputs,
        h5=is_every("h5 " + name, 3) if h5 is None else h5,
        **more,
    )


def channels_first_case(name, why, shape, make, **more):
    """A channels_first case with its channels_last twin.

    ``make`` takes the data format, ``shape`` has channels first.
    """

    def build(data_format):
        shape_now = shape if data_format == "channels_first" else (*shape[1:], shape[0])
        return functional(shape_now, as_chain(make(data_format)))

    more.setdefault("h5", is_every("h5 " + name, 3))
    return Case(
        name=name,
        why=why,
        build=lambda: build("channels_first"),
        twin=lambda: build("channels_last"),
        **more,
    )


def channel_axis(data_format):
    """The axis that BatchNormalization and Concatenate need for the given data format."""
    return 1 if data_format == "channels_first" else -1


def several_inputs_case(name, why, shapes, combine, h5=None, **more):
    """A case whose model takes inputs a, b, c... and gives what ``combine`` makes of them."""

    def build():
        sources = [keras.Input(shape, name=letter) for letter, shape in zip("abcdef", shapes)]
        return keras.Model(sources, combine(*sources))

    return Case(name=name, why=why, build=build, h5=is_every("h5 " + name, 3) if h5 is None else h5, **more)


def integers(low, high, *shapes, dtype="int32"):
    """An ``inputs`` function: integers in [low, high) of the given shapes without batch."""

    def make(rng, batch):
        return [rng.integers(low, high, (batch, *shape)).astype(dtype) for shape in shapes]

    return make


def masked_steps(shape, value=0.0):
    """An ``inputs`` function: float sequences whose rows have masked steps right, left, in the middle or everywhere.

    Rows beyond the fourth are whole. A masked step holds the mask value in every feature.
    """

    def make(rng, batch):
        data = rng.normal(0.0, 1.0, (max(batch, 5), *shape)).astype("float32")
        for row, steps in enumerate(mask_patterns(shape[0])):
            data[row, steps] = value
        return [data]

    return make


def masked_tokens(steps, vocabulary):
    """An ``inputs`` function: token rows with zeros right, left, in the middle and everywhere."""

    def make(rng, batch):
        tokens = rng.integers(1, vocabulary, (max(batch, 5), steps)).astype("int32")
        for row, masked in enumerate(mask_patterns(steps)):
            tokens[row, masked] = 0
        return [tokens]

    return make


def mask_patterns(steps):
    """Indices of masked steps of the first four rows: tail, head, middle, all."""
    every = np.arange(steps)
    return [every[-2:], every[:2], every[2 : steps - 2 : 2], every]
