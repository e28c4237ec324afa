"""Attention in all its forms: masks of every kind, axes, heads, scores; and EinsumDense, of which its heads are made."""

import numpy as np

from building import functional, layer_case, masked_steps, several_inputs_case
from case_writer import BOTH, OPERATIONS_IN_H5, Case
from generation import KERAS2, keras, layers

KERAS3 = ("keras3",)
QUERY, VALUE = (5, 4), (7, 4)


def attention_case(name, why, make, key=False, shapes=None, masked=(), generations=BOTH, scores=False, **call):
    """Query, value and perhaps key through one layer; ``masked`` says which of them pass a Masking first."""
    shapes = shapes or ([QUERY, VALUE, (7, 4)] if key else [QUERY, VALUE])

    def build():
        sources = [keras.Input(shape, name=letter) for letter, shape in zip("abc", shapes)]
        values = [layers.Masking()(s) if i in masked else s for i, s in enumerate(sources)]
        result = make()(values, **call)
        return keras.Model(sources, list(result) if isinstance(result, (list, tuple)) else result)

    return Case(name, why, build, inputs=sequences(shapes, masked), generations=generations, no_reload=OPERATIONS_IN_H5)


def sequences(shapes, masked):
    """Masked steps differ from input to input, so that a mask taken for another shows."""

    def make(rng, batch):
        data = []
        for i, shape in enumerate(shapes):
            if i in masked:
                data.append(np.roll(masked_steps(shape)(rng, 5)[0], i, axis=0))
            else:
                data.append(rng.normal(0.0, 1.0, (5, *shape)).astype("float32"))
        return data

    return make


class Called:
    """A layer that is called with query, value and key, as a layer of a list of them."""

    def __init__(self, layer, keywords=False):
        self.layer = layer
        self.keywords = keywords

    def __call__(self, values, **call):
        if self.keywords:
            return self.layer(query=values[0], value=values[1], **call)
        return self.layer(*values, **call)


def heads(*arguments, keywords=False, **more):
    return lambda: Called(layers.MultiHeadAttention(*arguments, **more), keywords)


def groups(*arguments, **more):
    return lambda: Called(layers.GroupQueryAttention(*arguments, **more))


def self_attention(mask_zero, **call):
    """Tokens that attend to each other, then a layer that takes the mask."""

    def build():
        source = keras.Input((6,), dtype="int32", name="tokens")
        value = layers.Embedding(11, 4, mask_zero=mask_zero)(source)
        value = layers.MultiHeadAttention(2, 3)(value, value, **call)
        return keras.Model(source, layers.LSTM(3)(value))

    return build


def tokens(rng, batch):
    data = rng.integers(1, 11, (5, 6)).astype("int32")
    data[0, 4:] = 0
    data[1, :2] = 0
    data[2, 2:4] = 0
    return [data]


def open_length(causal):
    source = keras.Input((None, 4), name="x")
    call = {"use_causal_mask": True} if causal else {}
    return keras.Model(source, layers.MultiHeadAttention(2, 3)(source, source, **call))


def with_attention_mask(layer_of, mask_shape, causal=False):
    def build():
        a, b = keras.Input(QUERY, name="a"), keras.Input(VALUE, name="b")
        mask = keras.Input(mask_shape, dtype="bool", name="c")
        more = {"use_causal_mask": True} if causal else {}
        return keras.Model([a, b, mask], layer_of()(a, b, attention_mask=mask, **more))

    return build


def attention_mask_inputs(mask_shape):
    def make(rng, batch):
        mask = rng.random((3, *mask_shape)) < 0.6
        mask[..., 0] = True
        mask[0, ..., 0, :] = False
        return [*[rng.normal(0, 1, (3, *shape)).astype("float32") for shape in (QUERY, VALUE)], mask]

    return make


def explicit_masks():
    a, b = keras.Input(QUERY, name="a"), keras.Input(VALUE, name="b")
    masks = [keras.Input((5,), dtype="bool", name="c"), keras.Input((7,), dtype="bool", name="d")]
    return keras.Model([a, b, *masks], layers.Attention()([a, b], mask=masks))


def explicit_mask_inputs(rng, batch):
    masks = [rng.random((4, 5)) < 0.6, rng.random((4, 7)) < 0.6]
    masks[1][:, 3] = True
    return [*[rng.normal(0, 1, (4, *shape)).astype("float32") for shape in (QUERY, VALUE)], *masks]


def value_mask_argument():
    a, b = keras.Input(QUERY, name="a"), keras.Input(VALUE, name="b")
    mask = keras.Input((7,), dtype="bool", name="c")
    return keras.Model([a, b, mask], layers.MultiHeadAttention(2, 3)(a, b, value_mask=mask))


def value_mask_inputs(rng, batch):
    mask = rng.random((4, 7)) < 0.5
    mask[0] = False
    return [*[rng.normal(0, 1, (4, *shape)).astype("float32") for shape in (QUERY, VALUE)], mask]


def in_type(policy):
    def build():
        source = keras.Input((5, 4), name="x")
        value = layers.Masking()(source)
        value = layers.MultiHeadAttention(2, 3, dtype=policy)(value, value)
        return keras.Model(source, layers.Activation("linear", dtype="float32")(value))

    return build


def einsum_case(name, why, shape, equation, output_shape, **more):
    return layer_case(
        f"einsum_dense_{name}", why, shape, lambda: layers.EinsumDense(equation, output_shape, **more), h5=True
    )


EINSUM_DENSE = [
    einsum_case("plain", "A Dense layer as an equation.", (4,), "ab,bc->ac", 3, bias_axes="c"),
    einsum_case("steps", "Steps stay, the bias is of the features.", (5, 4), "abc,cd->abd", (None, 3), bias_axes="d"),
    einsum_case(
        "heads", "Two axes come in place of one, an activation.", (5, 4), "abc,cde->abde", (None, 2, 3),
        bias_axes="de", activation="tanh",
    ),
    einsum_case("join_heads", "Two axes go.", (5, 2, 3), "abcd,cde->abe", (None, 4), bias_axes="e"),
    einsum_case("no_bias", "No bias.", (5, 4), "abc,cd->abd", (None, 3)),
    einsum_case("ellipsis_first", "Any axes before.", (2, 5, 4), "...x,xy->...y", 3, bias_axes="y"),
    einsum_case("ellipsis_last", "Any axes after.", (4, 5, 2), "abc...,cd->abd...", (4, 3), bias_axes="d"),
    einsum_case("turned", "The result's axes in another order.", (5, 4), "abc,cd->adb", (3, 5), bias_axes="d"),
    einsum_case("per_step", "A kernel for each step: nothing but the features is summed.", (5, 4), "abc,bcd->abd",
                (5, 3), bias_axes="bd"),
    einsum_case("scaled", "Nothing is summed: elements times a kernel.", (5, 4), "abc,c->abc", (None, 4)),
    einsum_case("summed_alone", "An axis of the input alone is summed.", (5, 4), "abc,cd->ad", 3, bias_axes="d"),
    einsum_case("middle_bias", "The bias is of an axis in the middle.", (5, 4), "abc,cde->abde", (5, 2, 3),
                bias_axes="d"),
]

ATTENTION = [
    attention_case("attention", "Query and value.", layers.Attention),
    attention_case("attention_key", "A key of its own.", layers.Attention, key=True),
    attention_case("attention_scale", "Scores times a weight.", lambda: layers.Attention(use_scale=True)),
    attention_case("attention_concat", "Scores by sums.", lambda: layers.Attention(score_mode="concat")),
    attention_case(
        "attention_concat_scale", "Sums times a weight.",
        lambda: layers.Attention(score_mode="concat", use_scale=True), key=True,
    ),
    attention_case("attention_dropout", "Dropout does nothing.", lambda: layers.Attention(dropout=0.3)),
    attention_case("attention_causal", "Nothing from later.", layers.Attention, use_causal_mask=True),
    attention_case("attention_scores", "The scores too.", layers.Attention, return_attention_scores=True),
    attention_case("attention_value_mask", "Masked values, in one row all.", layers.Attention, masked=(1,)),
    attention_case("attention_query_mask", "Masked queries return zero.", layers.Attention, masked=(0,)),
    attention_case(
        "attention_masked_causal", "Both masks and nothing from later.",
        layers.Attention, masked=(0, 1), use_causal_mask=True, return_attention_scores=True,
    ),
    attention_case("attention_key_masked", "A key's own mask does not count.", layers.Attention, key=True,
                   masked=(1, 2)),
    Case("attention_explicit_masks", "Masks that are given.", explicit_masks, inputs=explicit_mask_inputs,
         no_reload=OPERATIONS_IN_H5),
    attention_case("attention_rank4", "Axes between batch and steps.", layers.Attention,
                   shapes=[(2, 5, 4), (2, 7, 4)], generations=KERAS3),
    attention_case("additive_attention", "Scores by sums and a vector.", layers.AdditiveAttention),
    attention_case("additive_attention_key", "A key of its own.", layers.AdditiveAttention, key=True),
    attention_case("additive_attention_no_scale", "No weights.", lambda: layers.AdditiveAttention(use_scale=False)),
    attention_case(
        "additive_attention_masked", "All masks and nothing from later.",
        layers.AdditiveAttention, masked=(0, 1), use_causal_mask=True, return_attention_scores=True,
    ),
]

MULTI_HEAD = [
    attention_case("multi_head", "Query and value.", heads(2, 3)),
    attention_case("multi_head_key", "A key with other features, values with others again.", heads(2, 3, value_dim=5),
                   shapes=[QUERY, (7, 6), (7, 3)]),
    attention_case("multi_head_keywords", "Arguments by name.", heads(3, 2, keywords=True)),
    attention_case("multi_head_no_bias", "No biases.", heads(2, 3, use_bias=False)),
    attention_case("multi_head_output_shape", "Two axes in place of the features.", heads(2, 3, output_shape=(2, 3))),
    attention_case("multi_head_output_size", "One size.", heads(2, 3, output_shape=6)),
    attention_case("multi_head_one", "One head.", heads(1, 3)),
    attention_case("multi_head_dropout", "Dropout does nothing.", heads(2, 3, dropout=0.2), masked=(1,)),
    attention_case("multi_head_scores", "The scores too.", heads(2, 3), return_attention_scores=True),
    attention_case("multi_head_causal", "Nothing from later.", heads(2, 3), use_causal_mask=True),
    attention_case("multi_head_value_mask", "Masked values, in one row all.", heads(2, 3), masked=(1,)),
    attention_case("multi_head_masks", "Masks of query and value, nothing from later.", heads(2, 3), masked=(0, 1),
                   use_causal_mask=True),
    attention_case("multi_head_masks_scores", "All masks and the scores.", heads(2, 3), key=True, masked=(0, 1, 2),
                   return_attention_scores=True),
    attention_case("multi_head_two_axes", "Rows and columns of an image.", heads(2, 3, attention_axes=(1, 2)),
                   shapes=[(3, 5, 4), (2, 6, 4)]),
    attention_case("multi_head_all_axes", "Every axis between batch and features.", heads(2, 3),
                   shapes=[(3, 5, 4), (3, 5, 4)], return_attention_scores=True),
    attention_case("multi_head_one_axis", "Columns of an image only.", heads(2, 3, attention_axes=2),
                   shapes=[(3, 5, 4), (3, 6, 4)]),
    attention_case("multi_head_negative_axis", "Axes counted from the end.", heads(2, 3, attention_axes=(-2,)),
                   shapes=[(3, 5, 4), (3, 6, 4)], generations=KERAS3),
    attention_case("multi_head_gate", "What the heads give, gated.", heads(2, 3, use_gate=True), generations=KERAS3),
    attention_case("multi_head_window", "Neighbours only.", heads(2, 3, sliding_window=2), generations=KERAS3),
    attention_case("multi_head_window_causal", "Neighbours before only.", heads(2, 3, sliding_window=3),
                   use_causal_mask=True, generations=KERAS3),
    Case("multi_head_attention_mask", "A mask of queries and values.",
         with_attention_mask(lambda: layers.MultiHeadAttention(2, 3), QUERY[:1] + VALUE[:1]),
         inputs=attention_mask_inputs((5, 7)), no_reload=OPERATIONS_IN_H5),
    Case("multi_head_attention_mask_heads", "A mask of each head, nothing from later.",
         with_attention_mask(lambda: layers.MultiHeadAttention(2, 3, dropout=0.1), (1, 5, 7)),
         inputs=attention_mask_inputs((1, 5, 7)), no_reload=OPERATIONS_IN_H5),
    Case("multi_head_attention_mask_causal", "A mask and nothing from later.",
         with_attention_mask(lambda: layers.MultiHeadAttention(2, 3), (5, 7), causal=True),
         inputs=attention_mask_inputs((5, 7)), no_reload=OPERATIONS_IN_H5),
    Case("multi_head_value_mask_argument", "A mask of the values that is given.", value_mask_argument,
         inputs=value_mask_inputs, generations=KERAS3),
    Case("multi_head_tokens", "Masked tokens attend to each other, the mask goes on.", self_attention(True),
         inputs=tokens, no_reload=OPERATIONS_IN_H5, h5=True),
    Case("multi_head_tokens_causal", "The same, nothing from later.", self_attention(True, use_causal_mask=True),
         inputs=tokens, no_reload=OPERATIONS_IN_H5),
    Case("multi_head_open_length", "Sequences of any length.", lambda: open_length(False),
         inputs=lambda rng, batch: [rng.normal(0, 1, (2, 6, 4)).astype("float32")]),
    Case("multi_head_open_length_causal", "Sequences of any length, nothing from later.", lambda: open_length(True),
         inputs=lambda rng, batch: [rng.normal(0, 1, (2, 6, 4)).astype("float32")]),
    *[
        Case(f"multi_head_{policy}", f"Masked, under the policy {policy}.", in_type(policy),
             inputs=masked_steps((5, 4)), atol=atol, rtol=rtol)
        for policy, atol, rtol in (("mixed_float16", 5e-3, 5e-3), ("mixed_bfloat16", 4e-2, 4e-2), ("float64", 1e-5, 1e-5))
    ],
]

GROUP_QUERY = [
    attention_case("group_query", "Two heads of queries to one of keys.", groups(3, 4, 2), generations=KERAS3),
    attention_case("group_query_key", "A key of its own.", groups(3, 6, 2), key=True, generations=KERAS3),
    attention_case("group_query_one", "One head of keys.", groups(3, 4, 1, use_bias=False), generations=KERAS3),
    attention_case("group_query_alike", "As many heads of keys.", groups(3, 2, 2), generations=KERAS3),
    attention_case("group_query_masks", "Masks of both, nothing from later.", groups(3, 4, 2), masked=(0, 1),
                   use_causal_mask=True, generations=KERAS3),
    attention_case("group_query_scores", "Masks and the scores.", groups(3, 4, 2), masked=(0, 1),
                   return_attention_scores=True, generations=KERAS3),
    attention_case("group_query_dropout", "Dropout does nothing but choose another way.", groups(3, 4, 2, dropout=0.2),
                   masked=(1,), use_causal_mask=True, generations=KERAS3),
    attention_case("group_query_gate_window", "Gated, neighbours only.", groups(3, 4, 2, use_gate=True, sliding_window=2),
                   generations=KERAS3),
    Case("group_query_attention_mask", "A mask of queries and values.",
         with_attention_mask(lambda: layers.GroupQueryAttention(3, 4, 2), (5, 7)),
         inputs=attention_mask_inputs((5, 7)), generations=KERAS3),
]

CASES = EINSUM_DENSE + ATTENTION + MULTI_HEAD + GROUP_QUERY
