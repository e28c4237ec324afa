"""LSTM, GRU and SimpleRNN with every option, masks of every pattern, Bidirectional and TimeDistributed."""

from building import functional, layer_case, masked_steps, masked_tokens, sequential
from case_writer import OPERATIONS_IN_H5, Case
from generation import keras, layers

STEPS, FEATURES, UNITS = 6, 3, 4
SEQUENCE = (STEPS, FEATURES)
MASKED = (7, FEATURES)

KINDS = {
    "lstm": (layers.LSTM, {}),
    "gru": (layers.GRU, {}),
    "gru_reset_before": (layers.GRU, {"reset_after": False}),
    "simple_rnn": (layers.SimpleRNN, {}),
}

OPTIONS = [
    ("last", "gives the last output", {}),
    ("sequences", "gives every output", {"return_sequences": True}),
    ("backwards", "reads from the end", {"go_backwards": True}),
    (
        "backwards_sequences",
        "reads from the end and gives the outputs in the order of reading",
        {"go_backwards": True, "return_sequences": True},
    ),
    ("no_bias", "has no bias", {"use_bias": False, "return_sequences": True}),
    ("relu", "has relu as its activation", {"activation": "relu"}),
    ("unrolled", "is unrolled", {"unroll": True, "return_sequences": True}),
    (
        "dropout",
        "has dropout and recurrent dropout, which act in training only",
        {"dropout": 0.3, "recurrent_dropout": 0.2},
    ),
    ("one_unit", "has a single unit", {"units": 1, "return_sequences": True}),
]
GATED_OPTIONS = [
    (
        "hard_sigmoid",
        "has hard_sigmoid gates (their slope differs between the generations)",
        {"recurrent_activation": "hard_sigmoid", "return_sequences": True},
    ),
    (
        "other_activations",
        "has softsign inside and tanh gates",
        {"activation": "softsign", "recurrent_activation": "tanh"},
    ),
    ("linear", "has no activation inside", {"activation": "linear"}),
]
GATED = ("lstm", "gru", "gru_reset_before")
MASK_OPTIONS = [
    ("last", "gives the last valid output", {}),
    ("sequences", "repeats the previous output at masked steps", {"return_sequences": True}),
    ("zero_output", "gives zeros at masked steps", {"return_sequences": True, "zero_output_for_mask": True}),
    (
        "backwards",
        "reads masked data from the end",
        {"return_sequences": True, "go_backwards": True},
    ),
    ("state", "gives its state after masked data", {"return_sequences": True, "return_state": True}),
]


def rnn(kind, **arguments):
    """A new recurrent layer of a kind of the table."""
    layer, own = KINDS[kind]
    arguments = {"units": UNITS, **own, **arguments}
    return layer(**arguments)


def plain(kind, option, what, arguments):
    return layer_case(f"{kind}_{option}", f"{kind} {what}.", SEQUENCE, lambda: rnn(kind, **arguments))


def with_state(kind):
    """The layer's state as further outputs of the model: h, for LSTM also c."""
    return layer_case(
        f"{kind}_return_state",
        f"{kind} with its state as further outputs.",
        SEQUENCE,
        lambda: rnn(kind, return_sequences=True, return_state=True),
        container=functional,
    )


def masked(kind, option, what, arguments):
    """Behind a Masking: rows masked at the end, at the beginning, in the middle, throughout and nowhere."""
    return layer_case(
        f"{kind}_masked_{option}",
        f"{kind} {what}; masks at the end, the beginning, in the middle and throughout.",
        MASKED,
        lambda: [layers.Masking(), rnn(kind, **arguments)],
        masked_steps(MASKED),
        container=functional,
        no_reload=OPERATIONS_IN_H5,
    )


def masked_sequential(kind):
    """In a Sequential of Keras 3 the mask stays implicit, in a functional model it is a graph of operations."""
    return layer_case(
        f"{kind}_masked_stack_sequential",
        f"Two {kind} layers hand the mask on, in a Sequential.",
        MASKED,
        lambda: [layers.Masking(), rnn(kind, return_sequences=True), rnn(kind, units=2)],
        masked_steps(MASKED),
        container=sequential,
        h5=True,
    )


def embedded(kind, **arguments):
    return layer_case(
        f"{kind}_embedding_mask",
        f"{kind} behind Embedding(mask_zero).",
        (7,),
        lambda: [layers.Embedding(9, 5, mask_zero=True), rnn(kind, return_sequences=True, **arguments)],
        masked_tokens(7, 9),
        "int32",
        container=functional,
        no_reload=OPERATIONS_IN_H5,
    )


def encoder_decoder(kind):
    """A decoder that starts from the encoder's state; the two read sequences of different length."""

    def build():
        source = keras.Input((5, 3), name="source")
        target = keras.Input((4, 2), name="target")
        _, *state = rnn(kind, return_state=True)(source)
        decoded = rnn(kind, return_sequences=True)(target, initial_state=state)
        return keras.Model([source, target], layers.Dense(3, activation="softmax")(decoded))

    return Case(
        f"{kind}_encoder_decoder", f"{kind} decoder that starts from the state of an encoder.", build, h5=kind == "lstm"
    )


def state_from_input(kind):
    """The first state comes as an input of the model."""

    def build():
        source = keras.Input(SEQUENCE, name="x")
        state = [keras.Input((UNITS,), name=name) for name in (["h", "c"] if kind == "lstm" else ["h"])]
        return keras.Model([source, *state], rnn(kind, return_sequences=True)(source, initial_state=state))

    return Case(f"{kind}_state_from_input", f"{kind} whose first state is an input.", build, h5=kind == "gru")


def masked_encoder_decoder():
    """As translation models have it: masked tokens on both sides, state handed over, outputs per step."""
    source = keras.Input((7,), dtype="int32", name="source")
    target = keras.Input((5,), dtype="int32", name="target")
    _, h, c = layers.LSTM(4, return_state=True)(layers.Embedding(9, 3, mask_zero=True)(source))
    embedded_target = layers.Embedding(8, 3, mask_zero=True)(target)
    decoded, _, _ = layers.LSTM(4, return_sequences=True, return_state=True)(embedded_target, initial_state=[h, c])
    return keras.Model([source, target], layers.Dense(8, activation="softmax")(decoded))


def explicit_mask(kind):
    """A boolean input given as the mask argument of the call."""

    def build():
        source, mask = keras.Input(SEQUENCE, name="x"), keras.Input((STEPS,), dtype="bool", name="mask")
        return keras.Model([source, mask], rnn(kind, return_sequences=True)(source, mask=mask))

    def inputs(rng, batch):
        data = rng.normal(size=(5, *SEQUENCE)).astype("float32")
        return [data, rng.random((5, STEPS)) < 0.6]

    return Case(f"{kind}_explicit_mask", f"{kind} called with a mask that is an input.", build, inputs=inputs)


def stateful():
    """A fixed batch; one call from a zero state is what a stored case can show."""
    source = keras.Input(batch_shape=(3, *SEQUENCE), name="x")
    return keras.Model(source, layers.LSTM(UNITS, stateful=True, return_sequences=True)(source))


def bidirectional(kind, mode, **arguments):
    """Bidirectional of a kind with a merge mode; merge_mode None gives two outputs."""
    sequences = arguments.get("return_sequences", False)
    name = f"bidirectional_{kind}_{mode or 'none'}" + ("_sequences" if sequences else "")
    return layer_case(
        name,
        f"Bidirectional {kind}, merge mode {mode}, {'every output' if sequences else 'last outputs'}.",
        SEQUENCE,
        lambda: layers.Bidirectional(rnn(kind, **arguments), merge_mode=mode),
        container=functional,
    )


def bidirectional_masked(kind, mode, sequences):
    name = f"bidirectional_{kind}_masked_{mode or 'none'}" + ("_sequences" if sequences else "")
    return layer_case(
        name,
        f"Bidirectional {kind} behind a Masking, merge mode {mode}: the backward half sees its masked steps first.",
        MASKED,
        lambda: [layers.Masking(), layers.Bidirectional(rnn(kind, return_sequences=sequences), merge_mode=mode)],
        masked_steps(MASKED),
        container=functional,
        no_reload=OPERATIONS_IN_H5,
    )


def bidirectional_state(kind):
    return layer_case(
        f"bidirectional_{kind}_return_state",
        f"Bidirectional {kind} with the states of both directions as outputs.",
        SEQUENCE,
        lambda: layers.Bidirectional(rnn(kind, return_sequences=True, return_state=True)),
        container=functional,
    )


def bidirectional_first_state():
    source = keras.Input(SEQUENCE, name="x")
    state = [keras.Input((UNITS,), name=name) for name in ("h_forward", "c_forward", "h_backward", "c_backward")]
    layer = layers.Bidirectional(layers.LSTM(UNITS, return_sequences=True))
    return keras.Model([source, *state], layer(source, initial_state=state))


def bidirectional_two_kinds():
    """An explicit backward layer of another activation."""
    source = keras.Input(SEQUENCE, name="x")
    forward = layers.GRU(UNITS, return_sequences=True)
    backward = layers.GRU(UNITS, return_sequences=True, go_backwards=True, activation="relu")
    return keras.Model(source, layers.Bidirectional(forward, backward_layer=backward)(source))


CASES = [
    *[plain(kind, *option) for kind in KINDS for option in OPTIONS],
    *[plain(kind, *option) for kind in GATED for option in GATED_OPTIONS],
    *[with_state(kind) for kind in KINDS],
    *[masked(kind, *option) for kind in KINDS for option in MASK_OPTIONS],
    *[masked_sequential(kind) for kind in KINDS],
    *[embedded(kind) for kind in KINDS],
    *[encoder_decoder(kind) for kind in KINDS],
    *[state_from_input(kind) for kind in KINDS],
    *[explicit_mask(kind) for kind in ("lstm", "gru", "simple_rnn")],
    Case(
        "lstm_masked_encoder_decoder",
        "Masked encoder and decoder. Keras 3 hands no mask to a layer that is called with initial_state, Keras 2 does.",
        masked_encoder_decoder,
        inputs=lambda rng, batch: masked_tokens(7, 9)(rng, 5) + masked_tokens(5, 8)(rng, 5),
        h5=True,
        no_reload=OPERATIONS_IN_H5,
    ),
    Case(
        "lstm_stateful",
        "A stateful LSTM with a fixed batch, from a zero state.",
        stateful,
        inputs=lambda rng, batch: [rng.normal(size=(3, *SEQUENCE)).astype("float32")],
    ),
    layer_case(
        "lstm_free_steps",
        "An unknown number of steps.",
        (None, FEATURES),
        lambda: layers.LSTM(UNITS, return_sequences=True),
    ),
    layer_case("gru_free_steps", "An unknown number of steps.", (None, FEATURES), lambda: layers.GRU(UNITS)),
    layer_case("lstm_one_step", "A sequence of one step.", (1, FEATURES), lambda: layers.LSTM(UNITS)),
    layer_case(
        "lstm_conv",
        "A convolution before, Dense behind.",
        (9, 3),
        lambda: [layers.Conv1D(5, 3), layers.LSTM(4), layers.Dense(2)],
        h5=True,
    ),
    *[
        bidirectional("lstm", mode, return_sequences=sequences)
        for mode in ("concat", "sum", "mul", "ave", None)
        for sequences in (False, True)
    ],
    *[
        bidirectional(kind, mode, return_sequences=True)
        for kind in ("gru", "gru_reset_before", "simple_rnn")
        for mode in ("concat", "sum")
    ],
    *[bidirectional(kind, "concat") for kind in ("gru", "gru_reset_before", "simple_rnn")],
    *[bidirectional_masked(kind, "concat", sequences) for kind in KINDS for sequences in (False, True)],
    *[bidirectional_masked("lstm", mode, True) for mode in ("sum", "ave", None)],
    bidirectional_state("lstm"),
    bidirectional_state("gru"),
    Case("bidirectional_first_state", "The first states of both directions as inputs.", bidirectional_first_state),
    Case("bidirectional_two_kinds", "An explicit backward layer.", bidirectional_two_kinds),
    layer_case(
        "bidirectional_stack",
        "Two Bidirectional layers, the second gives the last outputs.",
        SEQUENCE,
        lambda: [
            layers.Bidirectional(layers.LSTM(3, return_sequences=True)),
            layers.Bidirectional(layers.GRU(2), merge_mode="sum"),
        ],
        h5=True,
    ),
    layer_case(
        "bidirectional_backwards",
        "Bidirectional of a layer that reads backwards itself: the directions change places.",
        SEQUENCE,
        lambda: layers.Bidirectional(layers.LSTM(UNITS, go_backwards=True, return_sequences=True)),
        generations=("keras2",),  # Keras 3 makes two backward layers of it and then refuses them
    ),
    layer_case(
        "bidirectional_zero_output",
        "Bidirectional with zeros at masked steps.",
        MASKED,
        lambda: [
            layers.Masking(),
            layers.Bidirectional(layers.GRU(UNITS, return_sequences=True, zero_output_for_mask=True)),
        ],
        masked_steps(MASKED),
        container=functional,
        no_reload=OPERATIONS_IN_H5,
    ),
]
