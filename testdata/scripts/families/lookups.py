"""Layers that look terms up or hash them: StringLookup, IntegerLookup, Hashing, HashedCrossing."""

import numpy as np

from case_writer import BOTH, OPERATIONS_IN_H5, Case
from generation import keras, layers

WORDS = ["sparrow", "heron", "Ärmel", "鷺", "a b", "owl"]
# One in the vocabulary twice, unknown ones of several lengths (FarmHash has branches at 16, 32 and 64 bytes), none.
SOME_WORDS = ["owl", "heron", "crow", "", "Ärmel", "a long unknown term", "owl", "鷺", "Owl", "x" * 40, "y" * 70, "[M]"]
SOME_WORDS += ["z" * 130, "鷺鷺", "a b", "sparrow", "ab", "abcdefgh", "abcdefghi", "q" * 33, "w" * 64, "heron"]
NUMBERS = [12, 5, -7, 40, 3_000_000_000, 8]
SOME_NUMBERS = [5, 12, 0, -7, 6, 7, -8, 40, 3_000_000_000, -3_000_000_001, 8, 41, 5, 13, 99, -1, 1_000_003, 2]


def taken(values, shapes, dtype):
    """An ``inputs`` function: the values one after the other, for each of the shapes (without batch)."""

    def make(rng, batch):
        arrays = []
        for number, shape in enumerate(shapes):
            count = batch * int(np.prod(shape))
            chosen = [values[(i * 5 + number * 7) % len(values)] for i in range(count)]
            arrays.append(np.array(chosen, dtype=dtype).reshape((batch, *shape)))
        return arrays

    return make


def words(*shapes, values=SOME_WORDS):
    return taken(values, shapes, np.str_)


def numbers(*shapes, values=SOME_NUMBERS, dtype="int64"):
    return taken(values, shapes, dtype)


def one_layer_case(name, why, make, shape, dtype, inputs, behind=(), **more):
    """A case of one layer on one input, with further layers behind it."""

    def build():
        source = keras.Input(shape, dtype=dtype, name="terms")
        value = make()(source)
        for layer in behind:
            value = layer()(value)
        return keras.Model(source, value)

    return Case(name=name, why=why, build=build, inputs=inputs, **more)


def word_case(name, why, shape=(4,), values=SOME_WORDS, behind=(), h5=True, generations=BOTH, **options):
    return one_layer_case(
        f"string_lookup_{name}",
        why,
        lambda: layers.StringLookup(**{"vocabulary": WORDS, **options}),
        shape,
        "string",
        words(shape, values=values),
        behind,
        h5=h5,
        generations=generations,
    )


def number_case(name, why, shape=(5,), dtype="int64", behind=(), values=SOME_NUMBERS, h5=False, generations=BOTH, **options):
    return one_layer_case(
        f"integer_lookup_{name}",
        why,
        lambda: layers.IntegerLookup(**{"vocabulary": NUMBERS, **options}),
        shape,
        dtype,
        numbers(shape, values=values, dtype=dtype),
        behind,
        h5=h5,
        generations=generations,
    )


def index_case(name, why, cls, h5=True, **options):
    return one_layer_case(
        name,
        why,
        lambda: cls(invert=True, **options),
        (5,),
        "int64",
        numbers((5,), values=[0, 3, 1, 2, 7, 5, 4, 6, 9, -1]),
        h5=h5,
    )


def adapted(layer, data):
    layer.adapt(np.array(data))
    return layer


def adapted_case(name, why, make, shape, dtype, inputs, **more):
    return one_layer_case(name, why, make, shape, dtype, inputs, v3=True, **more)


def twice_adapted():
    """Two vocabularies within a nested model, so that each must find its own."""
    inner_source = keras.Input((3,), dtype="string", name="inner_terms")
    first = adapted(layers.StringLookup(name="birds"), [["owl", "heron", "owl"]])
    second = adapted(layers.StringLookup(num_oov_indices=2, name="colours"), [["red", "owl", "blue"]])
    inner = keras.Model(inner_source, [first(inner_source), second(inner_source)], name="inner")
    source = keras.Input((3,), dtype="string", name="terms")
    one, two = inner(source)
    return keras.Model(source, layers.Concatenate()([one, two]))


def hash_case(name, why, shape=(6,), dtype="string", values=None, h5=False, generations=BOTH, **options):
    inputs = words(shape) if dtype == "string" else numbers(shape, values=values or SOME_NUMBERS, dtype=dtype)
    return one_layer_case(
        f"hashing_{name}", why, lambda: layers.Hashing(**options), shape, dtype, inputs, h5=h5, generations=generations
    )


def crossing_case(name, why, dtypes, shape=(1,), generations=BOTH, **options):
    def build():
        sources = [keras.Input(shape, dtype=dtype, name=letter) for letter, dtype in zip("abc", dtypes)]
        return keras.Model(sources, layers.HashedCrossing(**options)(sources))

    def inputs(rng, batch):
        return [
            (words(shape) if dtype == "string" else numbers(shape, dtype=dtype, values=[5, 12, 0, -7, 6, 99]))(rng, 9)[0]
            for dtype in dtypes
        ]

    return Case(name=f"hashed_crossing_{name}", why=why, build=build, inputs=inputs, generations=generations)


def into_embedding():
    """What lookups are for: text in, a network behind."""
    source = keras.Input((4,), dtype="string", name="terms")
    indices = layers.StringLookup(vocabulary=WORDS, mask_token="")(source)
    embedded = layers.Embedding(8, 5, mask_zero=True)(indices)
    return keras.Model(source, layers.LSTM(3)(embedded))


def features():
    """Text and numbers side by side, and a label out of the network's argmax."""
    word = keras.Input((1,), dtype="string", name="word")
    number = keras.Input((2,), name="number")
    known = layers.StringLookup(vocabulary=WORDS, output_mode="one_hot")(word)
    hashed = layers.Hashing(num_bins=4, output_mode="one_hot")(word)
    joined = layers.Concatenate()([layers.Dense(3)(known), layers.Dense(2)(hashed), number])
    return keras.Model([word, number], layers.Dense(2)(joined))


def feature_inputs(rng, batch):
    return [*words((1,))(rng, batch), rng.normal(0.0, 1.0, (batch, 2)).astype("float32")]


def dense(units=3):
    return lambda: layers.Dense(units)


IDF = [0.5, 1.25, 0.75, 2.0, 0.1, 1.5]
KNOWN = [word for word in SOME_WORDS if word in WORDS]

CASES = [
    word_case("int", "Indices behind one for everything unknown; small and capital letters differ."),
    word_case("no_oov", "num_oov_indices=0: the vocabulary starts at 0.", num_oov_indices=0, values=KNOWN),
    word_case("oov3", "Unknown terms are spread over three indices by FarmHash.", num_oov_indices=3),
    word_case("mask", "A mask token has index 0, before the unknown ones.", mask_token="[M]"),
    word_case("mask_oov2", "A mask token and two indices for unknown terms.", mask_token="", num_oov_indices=2),
    word_case("mask_no_oov", "A mask token alone.", mask_token="", num_oov_indices=0, values=KNOWN + [""]),
    word_case(
        "special_terms",
        "A vocabulary with the mask and the unknown token in front.",
        mask_token="",
        oov_token="[?]",
        vocabulary=["", "[?]"] + WORDS,
    ),
    word_case("scalar", "Terms of rank 1.", shape=()),
    word_case("rank3", "Terms of rank 3.", shape=(2, 3)),
    word_case("one_hot", "A vector for each term, of which Keras 2 takes one a sample.", output_mode="one_hot", generations=["keras3"]),
    word_case("one_hot_single", "The axis of one term goes.", output_mode="one_hot", shape=(1,), behind=[dense()]),
    word_case("multi_hot", "A vector for each sample.", output_mode="multi_hot", behind=[dense()]),
    word_case("multi_hot_mask", "The mask's term is dropped.", output_mode="multi_hot", mask_token="owl", vocabulary=WORDS[:5]),
    word_case("count", "Terms counted, the masked ones not.", output_mode="count", mask_token=""),
    word_case("count_oov2", "Two counts for unknown terms.", output_mode="count", num_oov_indices=2),
    word_case("padded", "Vectors as deep as max_tokens.", output_mode="count", max_tokens=11, pad_to_max_tokens=True),
    word_case("tf_idf", "Counts times weights; the unknown term weighs the average.", output_mode="tf_idf", idf_weights=IDF),
    word_case(
        "tf_idf_padded",
        "Weights padded with zeros.",
        output_mode="tf_idf",
        idf_weights=IDF,
        max_tokens=10,
        pad_to_max_tokens=True,
        num_oov_indices=2,
    ),
    index_case("string_lookup_invert", "Terms for indices.", layers.StringLookup, vocabulary=WORDS),
    index_case(
        "string_lookup_invert_mask",
        "Terms for indices, with a mask and two unknown ones.",
        layers.StringLookup,
        vocabulary=WORDS,
        mask_token="[M]",
        oov_token="?",
        num_oov_indices=2,
    ),
    adapted_case(
        "string_lookup_adapted",
        "A vocabulary learnt from data stands beside the weights.",
        lambda: adapted(layers.StringLookup(mask_token="", num_oov_indices=2), [["owl", "heron"], ["owl", "Ärmel"]]),
        (4,),
        "string",
        words((4,)),
    ),
    adapted_case(
        "string_lookup_adapted_tf_idf",
        "Weights learnt with the vocabulary.",
        lambda: adapted(
            layers.StringLookup(output_mode="tf_idf", mask_token=""), [["owl", "heron"], ["owl", "Ärmel"], ["owl", "x"]]
        ),
        (4,),
        "string",
        words((4,)),
    ),
    Case(
        name="string_lookup_adapted_nested",
        why="Vocabularies of layers in a nested model.",
        build=twice_adapted,
        inputs=words((3,)),
        v3=True,
    ),
    Case(
        name="string_lookup_embedding",
        why="Text through a lookup into a masked LSTM.",
        build=into_embedding,
        inputs=words((4,)),
        h5=True,
        no_reload=OPERATIONS_IN_H5,
    ),
    Case(name="string_lookup_features", why="Text and numbers side by side.", build=features, inputs=feature_inputs),
    number_case("int", "Indices of numbers, large and negative ones too.", h5=True),
    number_case("int32", "Numbers of 32 bits.", dtype="int32", values=[5, 12, 0, -7, 6, 40, 8]),
    number_case("no_oov", "Numbers of the vocabulary only.", num_oov_indices=0, values=NUMBERS),
    number_case("oov3", "Unknown numbers are spread by their remainder, negative ones too.", num_oov_indices=3),
    number_case("mask", "A number that is masked, 0.", mask_token=0, num_oov_indices=2),
    number_case("one_hot", "A vector for each number.", output_mode="one_hot", shape=(1,)),
    number_case("multi_hot", "A vector for each sample.", output_mode="multi_hot", h5=True),
    number_case("count_mask", "Counts without the mask.", output_mode="count", mask_token=5, vocabulary=[12, -7, 40]),
    number_case("tf_idf", "Weighted counts.", output_mode="tf_idf", idf_weights=IDF, behind=[dense()]),
    number_case("special_terms", "A vocabulary with special terms in front.", vocabulary=[0, -1] + NUMBERS, mask_token=0),
    index_case(
        "integer_lookup_invert",
        "Numbers for indices.",
        layers.IntegerLookup,
        vocabulary=NUMBERS,
        mask_token=0,
        num_oov_indices=2,
        h5=False,
    ),
    adapted_case(
        "integer_lookup_adapted",
        "A learnt vocabulary of numbers.",
        lambda: adapted(layers.IntegerLookup(), [[12, 5, 12], [-7, 5, 12]]),
        (5,),
        "int64",
        numbers((5,)),
    ),
    hash_case("strings", "FarmHash of terms of many lengths.", num_bins=1009, h5=True),
    hash_case("rank1", "Terms of rank 1.", num_bins=7, shape=()),
    hash_case("mask", "The mask's value has bin 0 for itself.", num_bins=5, mask_value=""),
    hash_case("salt", "SipHash with one number for both halves of its key.", num_bins=1013, salt=133),
    hash_case("salt_pair", "SipHash with two numbers.", num_bins=1013, salt=[3, 4_000_000_000]),
    hash_case("salt_mask", "SipHash beside a mask.", num_bins=11, salt=[7, 8], mask_value="owl"),
    hash_case("two_bins_mask", "One bin beside the mask's.", num_bins=2, mask_value="owl"),
    hash_case("integers", "Numbers are hashed as their text.", dtype="int64", num_bins=1009),
    hash_case("integers_mask", "A number is masked.", dtype="int64", num_bins=9, mask_value=5),
    hash_case("int32", "Numbers of 32 bits.", dtype="int32", num_bins=13, values=[5, 12, 0, -7, 6, 40, 8]),
    one_layer_case(
        "hashing_int32_bins",
        "Bins of 32 bits.",
        lambda: layers.Hashing(num_bins=13, dtype="int32"),
        (6,),
        "string",
        words((6,)),
    ),
    hash_case(
        "floats",
        "Keras 3 cuts numbers off before it hashes them.",
        dtype="float32",
        num_bins=17,
        values=[1.5, -2.75, 3.0, 0.25, 12.0, 7.0, 8.0],
        mask_value=3,
        generations=("keras3",),
    ),
    hash_case("one_hot", "A vector for each term.", num_bins=5, output_mode="one_hot", shape=(1,)),
    hash_case("multi_hot", "A vector for each sample.", num_bins=9, output_mode="multi_hot"),
    hash_case("count", "Counts.", num_bins=4, output_mode="count", mask_value=""),
    crossing_case("strings", "Two terms crossed.", ["string", "string"], num_bins=1009),
    crossing_case("three", "Three features of both kinds, in their order.", ["string", "int64", "string"], num_bins=997, generations=["keras2"]),
    crossing_case("integers", "Numbers stand for themselves.", ["int64", "int32"], num_bins=101),
    crossing_case("rank1", "Features of rank 1.", ["string", "int64"], shape=(), num_bins=11),
    crossing_case("one_hot", "A vector for each pair.", ["string", "int64"], num_bins=6, output_mode="one_hot"),
]
