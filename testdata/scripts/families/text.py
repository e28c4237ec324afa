"""TextVectorization: text made alike, split, joined and looked up."""

import numpy as np

from case_writer import Case
from generation import keras, layers

VOCABULARY = ["the", "bird", "sang", "naïve", "über", "鳥", "a", "b", "the bird", "don't", "bird."]
TEXTS = [
    "The bird sang.",
    "  the\tbird\n\nsang -- the BIRD! \x0b\x0c\r",
    "Über NAÏVE über naïve",
    "",
    "a",
    "don't #b @a [b] {b} |a~ `b` ^a_ \\b/ <a> =b+ $a% &*() ;: ,.?\"'",
    "鳥 鳥\u3000a b\u00a0c",
    "b a b a b a b a",
    "Ünknown 𝔘 words İstanbul ß",
]


def texts(shape):
    """An ``inputs`` function: the texts one after the other, in arrays of a shape without batch."""

    def make(rng, batch):
        count = len(TEXTS) * max(1, int(np.prod(shape)))
        return [np.array([TEXTS[(i * 4) % len(TEXTS)] for i in range(count)]).reshape((len(TEXTS), *shape))]

    return make


def text_case(name, why, shape=(1,), behind=(), make=None, h5=False, no_reload=None, **options):
    def layer():
        return layers.TextVectorization(**{"vocabulary": VOCABULARY, **options})

    def build():
        source = keras.Input(shape, dtype="string", name="text")
        value = (make or layer)()(source)
        for further in behind:
            value = further()(value)
        return keras.Model(source, value)

    return Case(
        name=f"text_vectorization_{name}",
        why=why,
        build=build,
        inputs=texts(shape),
        h5=h5,
        v3=make is not None,
        no_reload=no_reload,
    )


def adapted(**options):
    def make():
        layer = layers.TextVectorization(**options)
        layer.adapt(np.array(TEXTS))
        return layer

    return make


TUPLES = {"keras2": "tf.keras writes the tuple as a list, which it does not take back."}
CHARACTERS = list("abtheï 鳥𝔘")
IDF = [0.5, 1.25, 0.75, 2.0, 0.1, 1.5, 0.3, 0.2, 1.1, 0.9, 0.6]

CASES = [
    text_case("default", "Small letters of ASCII, no punctuation, split at white space of ASCII.", h5=True),
    text_case("rank1", "Texts of rank 1.", shape=()),
    text_case("plain", "Texts as they are.", standardize=None),
    text_case("lower", "Small letters alone.", standardize="lower"),
    text_case("strip_punctuation", "No punctuation alone.", standardize="strip_punctuation"),
    text_case("character", "Split into characters, those beyond 16 bits too.", split="character", vocabulary=CHARACTERS),
    text_case("tokens", "Texts that are tokens already.", split=None, shape=(3,)),
    text_case("tokens_cut", "Tokens cut off.", split=None, shape=(3,), output_sequence_length=2),
    text_case("tokens_filled", "Tokens filled up.", split=None, shape=(3,), output_sequence_length=5),
    text_case("cut", "Cut off and filled up.", output_sequence_length=4, h5=True),
    text_case("ngrams2", "Single tokens, then pairs.", ngrams=2),
    text_case("ngrams_pairs", "Pairs and triples only.", ngrams=(2, 3), no_reload=TUPLES),
    text_case("ngrams_tokens", "Pairs of tokens of a dense row.", ngrams=2, split=None, shape=(3,)),
    text_case("ngrams_count", "Pairs counted.", ngrams=2, output_mode="count"),
    text_case("multi_hot", "Which terms a text has.", output_mode="multi_hot", h5=True),
    text_case("multi_hot_tokens", "Which terms tokens are.", output_mode="multi_hot", split=None, shape=(3,)),
    text_case("count", "How often a text has each term.", output_mode="count"),
    text_case("count_padded", "Counts as deep as max_tokens.", output_mode="count", max_tokens=15, pad_to_max_tokens=True),
    text_case("tf_idf", "Weighted counts.", output_mode="tf_idf", idf_weights=IDF),
    text_case(
        "tf_idf_padded", "Weights padded.", output_mode="tf_idf", idf_weights=IDF, max_tokens=14, pad_to_max_tokens=True
    ),
    text_case(
        "embedding",
        "Text through an embedding into a network.",
        output_sequence_length=4,
        behind=[lambda: layers.Embedding(13, 4), lambda: layers.GlobalAveragePooling1D(), lambda: layers.Dense(2)],
    ),
    text_case("adapted", "A learnt vocabulary.", make=adapted()),
    text_case("adapted_max_tokens", "The most frequent terms.", make=adapted(max_tokens=6, output_sequence_length=5)),
    text_case("adapted_tf_idf", "Learnt weights.", make=adapted(output_mode="tf_idf")),
    text_case("adapted_ngrams", "Learnt pairs.", make=adapted(ngrams=2, output_mode="multi_hot")),
]
