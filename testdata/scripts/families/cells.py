"""RNN over cells: single ones, stacks of them, with masks and states; cells that are called by themselves."""

from building import functional, layer_case, masked_steps
from case_writer import OPERATIONS_IN_H5, Case
from generation import flatten, keras, layers

STEPS, FEATURES, UNITS = 6, 3, 4
SEQUENCE = (STEPS, FEATURES)
MASKED = (7, FEATURES)

CELLS = {
    "lstm_cell": lambda: layers.LSTMCell(UNITS),
    "gru_cell": lambda: layers.GRUCell(UNITS),
    "gru_cell_reset_before": lambda: layers.GRUCell(UNITS, reset_after=False, recurrent_activation="hard_sigmoid"),
    "simple_rnn_cell": lambda: layers.SimpleRNNCell(UNITS, activation="relu"),
    "lstm_cell_no_bias": lambda: layers.LSTMCell(UNITS, use_bias=False, activation="softsign"),
    "stack": lambda: layers.StackedRNNCells(
        [layers.LSTMCell(UNITS), layers.GRUCell(2, use_bias=False), layers.LSTMCell(5), layers.SimpleRNNCell(3)]
    ),
    "nested_stack": lambda: layers.StackedRNNCells(
        [layers.GRUCell(5), layers.StackedRNNCells([layers.SimpleRNNCell(2), layers.GRUCell(4)])]
    ),
}
OPTIONS = [
    ("last", "gives the last output", {}),
    (
        "backwards_sequences",
        "reads from the end and gives the outputs in the order of reading",
        {"go_backwards": True, "return_sequences": True},
    ),
    ("states", "gives its states", {"return_sequences": True, "return_state": True}),
    ("unrolled", "is unrolled", {"unroll": True}),
]
MASK_OPTIONS = [
    ("last", "gives the last valid output", {}),
    (
        "states",
        "repeats the output before at masked steps and gives its states",
        {"return_sequences": True, "return_state": True},
    ),
    ("zero_output", "gives zeros at masked steps", {"return_sequences": True, "zero_output_for_mask": True}),
    ("zero_last", "gives zero where the last step is masked", {"zero_output_for_mask": True}),
    ("backwards", "reads masked data from the end", {"return_sequences": True, "go_backwards": True}),
]


def flat_model(sources, outputs):
    return keras.Model(sources, flatten(outputs))


def plain(kind, option, what, arguments):
    def build():
        source = keras.Input(SEQUENCE, name="x")
        return flat_model(source, layers.RNN(CELLS[kind](), **arguments)(source))

    return Case(f"rnn_{kind}_{option}", f"RNN over {kind} {what}.", build, h5=option == "states")


def masked(kind, option, what, arguments):
    def build():
        source = keras.Input(MASKED, name="x")
        return flat_model(source, layers.RNN(CELLS[kind](), **arguments)(layers.Masking()(source)))

    return Case(
        f"rnn_{kind}_masked_{option}",
        f"RNN over {kind} {what}; masks at the end, the beginning, in the middle and throughout.",
        build,
        inputs=masked_steps(MASKED),
        no_reload=OPERATIONS_IN_H5,
    )


def first_state():
    """A decoder over a stack that starts from the states of an encoder, whose sequence is longer."""
    source, target = keras.Input((7, 3), name="source"), keras.Input((4, 2), name="target")

    def stack():
        return layers.StackedRNNCells([layers.LSTMCell(UNITS), layers.GRUCell(2)])

    _, *states = layers.RNN(stack(), return_state=True)(source)
    return keras.Model([source, target], layers.RNN(stack(), return_sequences=True)(target, initial_state=states))


def masked_first_state():
    """Keras 3 finds no mask by itself when a first state is given, Keras 2 does."""
    source, state = keras.Input(MASKED, name="x"), keras.Input((UNITS,), name="h")
    layer = layers.RNN(layers.GRUCell(UNITS), return_sequences=True)
    return keras.Model([source, state], layer(layers.Masking()(source), initial_state=[state]))


def stateful():
    source = keras.Input(batch_shape=(3, *SEQUENCE), name="x")
    layer = layers.RNN(layers.StackedRNNCells([layers.GRUCell(4), layers.LSTMCell(2)]), stateful=True)
    return keras.Model(source, layer(source))


def cell_by_itself(make, sizes):
    def build():
        source = keras.Input((FEATURES,), name="x")
        states = [keras.Input((size,), name=f"state_{i}") for i, size in enumerate(sizes)]
        return flat_model([source, *states], make()(source, states))

    return build


def bidirectional(name, why, make, source=SEQUENCE, **more):
    def build():
        value = keras.Input(source, name="x")
        first = layers.Masking()(value) if "inputs" in more else value
        return flat_model(value, make()(first))

    return Case(f"bidirectional_{name}", why, build, **more)


def merged(kind, mode):
    layer = {"gru": layers.GRU, "simple_rnn": layers.SimpleRNN}[kind]
    return bidirectional(
        f"{kind}_{mode or 'none'}_states",
        f"Bidirectional {kind}, merge mode {mode}, all outputs and states.",
        lambda: layers.Bidirectional(layer(UNITS, return_sequences=True, return_state=True), merge_mode=mode),
    )


def masked_merge(kind, mode):
    layer = {"gru": layers.GRU, "simple_rnn": layers.SimpleRNN, "lstm": layers.LSTM}[kind]
    return bidirectional(
        f"{kind}_masked_{mode}_states",
        f"Bidirectional {kind} behind a Masking, merge mode {mode}, last outputs and states.",
        lambda: layers.Bidirectional(layer(UNITS, return_state=True), merge_mode=mode),
        source=MASKED,
        inputs=masked_steps(MASKED),
    )


def bidirectional_first_state():
    source = keras.Input(MASKED, name="x")
    states = [keras.Input((UNITS,), name=name) for name in ("forward", "backward")]
    layer = layers.Bidirectional(layers.GRU(UNITS, return_sequences=True))
    return keras.Model([source, *states], layer(layers.Masking()(source), initial_state=states))


def zero_last(kind):
    """A masked last step, zeroed, with a first state and the states after it."""

    def build():
        source, mask = keras.Input(SEQUENCE, name="x"), keras.Input((STEPS,), dtype="bool", name="mask")
        layer = getattr(layers, kind)(UNITS, zero_output_for_mask=True, return_state=True, go_backwards=True)
        states = [keras.Input((UNITS,), name=f"state_{i}") for i in range(2 if kind == "LSTM" else 1)]
        return flat_model([source, mask, *states], layer(source, mask=mask, initial_state=states))

    def inputs(rng, batch):
        state = [rng.normal(size=(5, UNITS)).astype("float32") for _ in range(2 if kind == "LSTM" else 1)]
        return [rng.normal(size=(5, *SEQUENCE)).astype("float32"), rng.random((5, STEPS)) < 0.5, *state]

    return Case(
        f"{kind.lower()}_masked_zero_last_with_state",
        f"{kind} from the end with an explicit mask and a first state, zero where the step taken last is masked.",
        build,
        inputs=inputs,
    )


def time_major(kind, **arguments):
    """tf.keras only: time before the batch, in the mask too."""

    def build():
        source = keras.Input(batch_shape=(STEPS, 4, FEATURES), name="x")
        mask = keras.Input(batch_shape=(STEPS, 4), dtype="bool", name="mask")
        layer = (
            layers.RNN(layers.LSTMCell(UNITS), time_major=True, **arguments)
            if kind == "rnn"
            else getattr(layers, kind)(UNITS, time_major=True, **arguments)
        )
        return flat_model([source, mask], [layer(source), layer(source, mask=mask)])

    def inputs(rng, batch):
        return [rng.normal(size=(STEPS, 4, FEATURES)).astype("float32"), rng.random((STEPS, 4)) < 0.6]

    return Case(
        f"{kind.lower()}_time_major" + ("_sequences" if arguments else ""),
        f"{kind} with time before the batch, with and without a mask.",
        build,
        inputs=inputs,
        generations=("keras2",),
    )


def time_major_unmasked(name, make):
    """tf.keras only: time before the batch, and no mask anywhere."""

    def build():
        source = keras.Input(batch_shape=(STEPS, 4, FEATURES), name="x")
        return flat_model([source], [make()(source)])

    return Case(
        f"{name}_time_major_unmasked",
        "Time before the batch, without a mask.",
        build,
        inputs=lambda rng, batch: [rng.normal(size=(STEPS, 4, FEATURES)).astype("float32")],
        generations=("keras2",),
    )


def double_precision():
    source = keras.Input(SEQUENCE, name="x")
    cells = layers.StackedRNNCells(
        [layers.LSTMCell(UNITS, dtype="float64"), layers.GRUCell(2, dtype="float64")], dtype="float64"
    )
    return keras.Model(source, layers.RNN(cells, return_sequences=True, dtype="float64")(source))


CASES = [
    *[plain(kind, *option) for kind in ("lstm_cell", "gru_cell", "stack") for option in OPTIONS],
    *[
        plain(kind, *OPTIONS[2])
        for kind in ("gru_cell_reset_before", "simple_rnn_cell", "lstm_cell_no_bias", "nested_stack")
    ],
    *[masked(kind, *option) for kind in ("gru_cell", "stack") for option in MASK_OPTIONS],
    Case("rnn_stack_encoder_decoder", "A stack that starts from the states of another.", first_state, h5=True),
    Case(
        "rnn_masked_first_state",
        "RNN over a masked sequence with a first state.",
        masked_first_state,
        inputs=lambda rng, batch: masked_steps(MASKED)(rng, 5) + [rng.normal(size=(5, UNITS)).astype("float32")],
    ),
    Case(
        "rnn_stateful",
        "A stateful RNN with a fixed batch, from a zero state.",
        stateful,
        inputs=lambda rng, batch: [rng.normal(size=(3, *SEQUENCE)).astype("float32")],
    ),
    Case("rnn_float64", "A stack in double precision.", double_precision),
    layer_case(
        "rnn_free_steps",
        "A stack over an unknown number of steps.",
        (None, FEATURES),
        lambda: layers.RNN(CELLS["stack"](), return_sequences=True),
        container=functional,
    ),
    layer_case(
        "rnn_list_of_cells",
        "RNN over a list of cells, which it stacks.",
        SEQUENCE,
        lambda: layers.RNN([layers.SimpleRNNCell(4), layers.LSTMCell(2)]),
        container=functional,
        h5=True,
    ),
    Case("lstm_cell_alone", "LSTMCell called by itself.", cell_by_itself(lambda: layers.LSTMCell(4), (4, 4))),
    Case("gru_cell_alone", "GRUCell called by itself.", cell_by_itself(lambda: layers.GRUCell(4), (4,)), h5=True),
    Case(
        "simple_rnn_cell_alone",
        "SimpleRNNCell called by itself.",
        cell_by_itself(lambda: layers.SimpleRNNCell(4), (4,)),
    ),
    bidirectional(
        "rnn_stack",
        "Bidirectional of RNN over a stack, with states.",
        lambda: layers.Bidirectional(
            layers.RNN(CELLS["nested_stack"](), return_sequences=True, return_state=True), merge_mode="ave"
        ),
        h5=True,
    ),
    bidirectional(
        "rnn_masked",
        "Bidirectional of RNN over LSTMCell behind a Masking.",
        lambda: layers.Bidirectional(layers.RNN(layers.LSTMCell(UNITS), return_sequences=True), merge_mode="mul"),
        source=MASKED,
        inputs=masked_steps(MASKED),
    ),
    bidirectional(
        "rnn_other_backward",
        "A backward layer over another kind of cell, of other size.",
        lambda: layers.Bidirectional(
            layers.RNN(layers.GRUCell(UNITS), return_sequences=True),
            backward_layer=layers.RNN(
                layers.GRUCell(UNITS, activation="relu", use_bias=False), return_sequences=True, go_backwards=True
            ),
        ),
    ),
    *[time_major(kind) for kind in ("LSTM", "GRU", "SimpleRNN", "rnn")],
    *[time_major(kind, return_sequences=True) for kind in ("LSTM", "GRU", "rnn")],
    time_major_unmasked(
        "lstm_states", lambda: layers.LSTM(UNITS, time_major=True, return_sequences=True, return_state=True)
    ),
    time_major_unmasked(
        "gru_backwards",
        lambda: layers.GRU(UNITS, time_major=True, go_backwards=True, recurrent_activation="hard_sigmoid"),
    ),
    time_major_unmasked("rnn", lambda: layers.RNN(layers.LSTMCell(UNITS), time_major=True, return_sequences=True)),
    time_major_unmasked(
        "bidirectional",
        lambda: layers.Bidirectional(layers.GRU(UNITS, time_major=True, return_sequences=True), merge_mode=None),
    ),
    *[merged(kind, mode) for kind in ("gru", "simple_rnn") for mode in ("mul", "ave", None)],
    *[masked_merge(kind, mode) for kind in ("gru", "simple_rnn", "lstm") for mode in ("mul", "ave")],
    bidirectional(
        "other_backward_functions",
        "A backward layer with functions of its own.",
        lambda: layers.Bidirectional(
            layers.LSTM(4, return_sequences=True),
            backward_layer=layers.LSTM(
                4, go_backwards=True, return_sequences=True, activation="relu", recurrent_activation="hard_sigmoid"
            ),
        ),
    ),
    Case(
        "bidirectional_masked_first_state",
        "Masked, from first states; Keras 3 finds no mask by itself then.",
        bidirectional_first_state,
        inputs=lambda rng, batch: masked_steps(MASKED)(rng, 5)
        + [rng.normal(size=(5, UNITS)).astype("float32") for _ in range(2)],
    ),
    layer_case(
        "bidirectional_free_steps",
        "Bidirectional over an unknown number of steps, masked.",
        (None, FEATURES),
        lambda: [layers.Masking(), layers.Bidirectional(layers.LSTM(UNITS, return_sequences=True))],
        inputs=masked_steps(MASKED),
        container=functional,
        no_reload=OPERATIONS_IN_H5,
    ),
    *[zero_last(kind) for kind in ("LSTM", "GRU", "SimpleRNN")],
]
