"""ConvLSTM1D, ConvLSTM2D and ConvLSTM3D with every option, masks of every pattern and first states."""

from building import functional, layer_case, masked_steps
from case_writer import OPERATIONS_IN_H5, Case
from generation import flatten, keras, layers

FILTERS = 2
SHAPES = {1: (4, 7, 3), 2: (4, 5, 6, 3), 3: (3, 4, 5, 3, 2)}
MASKED = (7, 4, 5, 2)


def conv_lstm(rank, filters=FILTERS, kernel_size=3, **arguments):
    return getattr(layers, f"ConvLSTM{rank}D")(filters, kernel_size, **arguments)


def plain(rank, option, why, arguments, h5=None):
    return layer_case(
        f"conv_lstm{rank}d_{option}",
        f"ConvLSTM{rank}D {why}.",
        SHAPES[rank],
        lambda: conv_lstm(rank, **arguments),
        container=functional,
        h5=h5,
    )


def with_states(rank):
    def build():
        source = keras.Input(SHAPES[rank], name="x")
        layer = conv_lstm(rank, padding="same", return_sequences=True, return_state=True)
        return keras.Model(source, flatten(layer(source)))

    return Case(f"conv_lstm{rank}d_states", f"ConvLSTM{rank}D with its states as further outputs.", build, h5=rank == 2)


def masked(option, why, arguments):
    return layer_case(
        f"conv_lstm2d_masked_{option}",
        f"ConvLSTM2D {why}; masks at the end, the beginning, in the middle and throughout.",
        MASKED,
        lambda: conv_lstm(2, padding="same", **arguments),
        container=explicitly_masked,
        inputs=masked_images,
    )


def explicitly_masked(shape, chain, dtype="float32"):
    source = keras.Input(shape, dtype=dtype, name="x")
    mask = keras.Input(shape[:1], dtype="bool", name="mask")
    (layer,) = chain
    return keras.Model([source, mask], flatten(layer(source, mask=mask)))


def masked_images(rng, batch):
    """Images whose masks have the patterns of ``masked_steps``; masked images are not zero."""
    (steps,) = masked_steps((MASKED[0], 1))(rng, 5)
    return [rng.normal(size=(5, *MASKED)).astype("float32"), steps[:, :, 0] != 0]


def channels_first(rank, option, arguments):
    """The twin is fed with the axis after the batch moved to the end: that is time here, so it turns axes round."""
    shape = SHAPES[rank]
    first = (shape[0], shape[-1], *shape[1:-1])
    sequences = arguments.get("return_sequences", False)

    def build():
        source = keras.Input(first, name="x")
        return keras.Model(source, conv_lstm(rank, data_format="channels_first", **arguments)(source))

    def twin():
        # From (channels, image, time) to (time, image, channels), and the outputs back.
        source = keras.Input((*first[1:], first[0]), name="x")
        image = range(2, rank + 2)
        value = layers.Permute((rank + 2, *image, 1))(source)
        value = conv_lstm(rank, **arguments)(value)
        if sequences:
            value = layers.Permute((rank + 2, *image, 1))(value)
        return keras.Model(source, value)

    return Case(
        f"conv_lstm{rank}d_channels_first{option}",
        f"ConvLSTM{rank}D with channels first.",
        build,
        twin=twin,
        h5=rank == 2,
    )


def first_state():
    source = keras.Input(SHAPES[2], name="x")
    states = [keras.Input((5, 6, FILTERS), name=name) for name in ("h", "c")]
    return keras.Model([source, *states], conv_lstm(2, padding="same")(source, initial_state=states))


def encoder_decoder():
    """A decoder that starts from the states of an encoder."""
    source, target = keras.Input((5, 4, 6, 3), name="source"), keras.Input((3, 4, 6, 1), name="target")
    _, *states = conv_lstm(2, padding="same", return_state=True)(source)
    decoded = conv_lstm(2, padding="same", return_sequences=True)(target, initial_state=states)
    return keras.Model([source, target], decoded)


def stateful():
    source = keras.Input(batch_shape=(2, *SHAPES[1]), name="x")
    return keras.Model(source, conv_lstm(1, stateful=True)(source))


def bidirectional(option, mode, why, **arguments):
    return layer_case(
        f"bidirectional_conv_lstm2d_{option}",
        f"Bidirectional of ConvLSTM2D, {why}.",
        SHAPES[2],
        lambda: layers.Bidirectional(conv_lstm(2, **arguments), merge_mode=mode),
        container=functional,
    )


def bidirectional_masked():
    source, mask = keras.Input(MASKED, name="x"), keras.Input(MASKED[:1], dtype="bool", name="mask")
    layer = layers.Bidirectional(conv_lstm(2, return_sequences=True))
    return keras.Model([source, mask], layer(source, mask=mask))


CASES = [
    *[plain(rank, "last", "gives the last output", {}, h5=True) for rank in SHAPES],
    *[plain(rank, "sequences", "gives every output", {"return_sequences": True}) for rank in SHAPES],
    *[plain(rank, "strides", "with strides", {"strides": 2, "padding": "same"}) for rank in SHAPES],
    plain(2, "strides_valid", "with strides", {"strides": (1, 2), "kernel_size": (2, 3), "return_sequences": True}),
    plain(1, "dilation", "with dilation", {"dilation_rate": 2, "return_sequences": True}),
    plain(2, "dilation", "with dilation", {"dilation_rate": (2, 1), "padding": "same"}),
    plain(2, "even_kernel", "with an even kernel, padded more at the end", {"kernel_size": (2, 4), "padding": "same"}),
    plain(2, "backwards", "reads from the end", {"go_backwards": True}),
    plain(
        2,
        "backwards_sequences",
        "reads from the end and gives the outputs in the order of reading",
        {"go_backwards": True, "return_sequences": True},
    ),
    plain(2, "no_bias", "has no bias", {"use_bias": False, "unit_forget_bias": False}),
    plain(2, "dropout", "has dropout, which acts in training only", {"dropout": 0.3, "recurrent_dropout": 0.2}),
    plain(2, "hard_sigmoid", "has hard_sigmoid gates", {"recurrent_activation": "hard_sigmoid"}),
    plain(
        2,
        "other_activations",
        "has relu inside and sigmoid gates",
        {"activation": "relu", "recurrent_activation": "sigmoid", "return_sequences": True},
    ),
    plain(1, "softmax", "has softmax inside", {"activation": "softmax"}),
    *[with_states(rank) for rank in SHAPES],
    *[channels_first(rank, "", {"padding": "same"}) for rank in SHAPES],
    channels_first(2, "_sequences", {"return_sequences": True, "strides": 2}),
    masked("last", "gives the last valid output", {}),
    masked("sequences", "repeats the output before at masked steps", {"return_sequences": True, "return_state": True}),
    masked("zero_output", "gives zeros at masked steps", {"return_sequences": True, "zero_output_for_mask": True}),
    masked("zero_last", "gives zero where the last step is masked", {"zero_output_for_mask": True}),
    masked("backwards", "reads masked data from the end", {"return_sequences": True, "go_backwards": True}),
    layer_case(
        "conv_lstm1d_masking",
        "ConvLSTM1D behind a TimeDistributed that hands the mask of a Masking on.",
        (7, 3),
        lambda: [
            layers.Masking(),
            layers.TimeDistributed(layers.RepeatVector(4)),
            conv_lstm(1, kernel_size=2, return_sequences=True),
        ],
        inputs=masked_steps((7, 3)),
        container=functional,
        no_reload=OPERATIONS_IN_H5,
        generations=("keras3",),  # RepeatVector of tf.keras takes no mask
    ),
    Case("conv_lstm2d_first_state", "The first states as inputs.", first_state, h5=True),
    Case("conv_lstm2d_encoder_decoder", "States handed from one ConvLSTM2D to another.", encoder_decoder),
    Case(
        "conv_lstm1d_stateful",
        "A stateful ConvLSTM1D with a fixed batch, from a zero state.",
        stateful,
        inputs=lambda rng, batch: [rng.normal(size=(2, *SHAPES[1])).astype("float32")],
    ),
    layer_case(
        "conv_lstm2d_free_steps",
        "An unknown number of steps.",
        (None, 5, 4, 2),
        lambda: conv_lstm(2, return_sequences=True),
        container=functional,
    ),
    layer_case(
        "conv_lstm2d_stack",
        "Two ConvLSTM2D with a normalisation between, a Conv3D behind: the usual next-frame model.",
        (4, 6, 5, 1),
        lambda: [
            conv_lstm(2, padding="same", return_sequences=True),
            layers.BatchNormalization(),
            conv_lstm(2, padding="same", return_sequences=True),
            layers.Conv3D(1, 3, padding="same", activation="sigmoid"),
        ],
        h5=True,
    ),
    bidirectional("concat", "concat", "last outputs joined"),
    bidirectional("sum_sequences", "sum", "all outputs added", return_sequences=True),
    bidirectional("none_sequences", None, "both outputs", return_sequences=True),
    Case(
        "bidirectional_conv_lstm2d_masked",
        "Masked; only Keras 3 makes masked steps zero here.",
        bidirectional_masked,
        inputs=masked_images,
    ),
    layer_case(
        "conv_lstm2d_float64",
        "ConvLSTM2D in double precision.",
        SHAPES[2],
        lambda: conv_lstm(2, dtype="float64", return_sequences=True),
        container=functional,
    ),
]
