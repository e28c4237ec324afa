"""Known networks in small: what users bring."""

import numpy as np

from building import integers, masked_tokens
from case_writer import OPERATIONS_IN_H5, Case
from generation import keras, layers


def lenet():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(6, 5, padding="same", activation="tanh"),
            layers.AveragePooling2D(2),
            layers.Conv2D(16, 5, activation="tanh"),
            layers.AveragePooling2D(2),
            layers.Flatten(),
            layers.Dense(120, activation="tanh"),
            layers.Dense(84, activation="tanh"),
            layers.Dense(10, activation="softmax"),
        ]
    )


def residual_block(value, filters, strides):
    """Two convolutions with BatchNormalization; a strided 1x1 convolution on the shortcut where the shape changes."""
    shortcut = value
    value = layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(value)
    value = layers.ReLU()(layers.BatchNormalization()(value))
    value = layers.BatchNormalization()(layers.Conv2D(filters, 3, padding="same")(value))
    if strides != 1 or shortcut.shape[-1] != filters:
        shortcut = layers.BatchNormalization()(layers.Conv2D(filters, 1, strides=strides)(shortcut))
    return layers.Activation("relu")(layers.Add()([shortcut, value]))


def residual_network():
    source = keras.Input((13, 14, 3), name="image")
    value = layers.ZeroPadding2D(((1, 0), (0, 1)))(source)
    value = layers.Conv2D(5, 3, strides=2)(value)
    value = layers.MaxPooling2D(2, strides=1, padding="same")(layers.ReLU()(layers.BatchNormalization()(value)))
    for filters, strides in ((5, 1), (7, 2), (7, 1)):
        value = residual_block(value, filters, strides)
    return keras.Model(source, layers.Dense(4, activation="softmax")(layers.GlobalAveragePooling2D()(value)))


def double_conv(value, filters):
    value = layers.Conv2D(filters, 3, padding="same", activation="relu")(value)
    return layers.BatchNormalization()(layers.Conv2D(filters, 3, padding="same", activation="relu")(value))


def u_net():
    """One step up by a transposed convolution, one by bilinear up-sampling, each joined with the way down."""
    source = keras.Input((12, 16, 2), name="image")
    first = double_conv(source, 3)
    second = double_conv(layers.MaxPooling2D(2)(first), 4)
    bottom = layers.Dropout(0.3)(double_conv(layers.MaxPooling2D(2)(second), 5))
    up = layers.Conv2DTranspose(4, 2, strides=2, padding="same")(bottom)
    up = double_conv(layers.Concatenate()([second, up]), 4)
    up = layers.UpSampling2D(2, interpolation="bilinear")(up)
    up = double_conv(layers.concatenate([up, first]), 3)
    return keras.Model(source, layers.Conv2D(1, 1, activation="sigmoid", name="mask")(up))


def text_cnn():
    source = keras.Input((12,), dtype="int32", name="tokens")
    embedded = layers.Embedding(20, 6)(source)
    pooled = []
    for width in (3, 4, 5):
        pooled.append(layers.GlobalMaxPooling1D()(layers.Conv1D(4, width, activation="relu")(embedded)))
    joined = layers.Dropout(0.5)(layers.Concatenate()(pooled))
    return keras.Model(source, layers.Dense(3, activation="softmax")(joined))


def transformer_block(value, causal, memory=None):
    """Attention and two Dense layers, each with a residual; a decoder also attends to what an encoder made."""
    call = {"use_causal_mask": True} if causal else {}
    attended = layers.MultiHeadAttention(2, 4)(value, value, **call)
    value = layers.LayerNormalization(epsilon=1e-6)(layers.Add()([value, layers.Dropout(0.1)(attended)]))
    if memory is not None:
        attended = layers.MultiHeadAttention(2, 4)(value, memory)
        value = layers.LayerNormalization(epsilon=1e-6)(layers.Add()([value, attended]))
    inner = layers.Dense(6)(layers.Dense(9, activation="gelu" if memory is None else "relu")(value))
    return layers.LayerNormalization(epsilon=1e-6)(layers.Add()([value, inner]))


def token_and_position(steps, name, vocabulary):
    """Tokens and their places, each with an Embedding; places are an input, so that any length will do."""
    tokens = keras.Input((steps,), dtype="int32", name=name)
    places = keras.Input((steps,), dtype="int32", name=name + "_places")
    embedded = layers.Embedding(vocabulary, 6, mask_zero=True)(tokens)
    return [tokens, places], layers.Add()([embedded, layers.Embedding(16, 6)(places)])


def transformer_encoder(steps):
    inputs, value = token_and_position(steps, "words", 20)
    value = layers.GlobalAveragePooling1D()(transformer_block(transformer_block(value, False), False))
    return keras.Model(inputs, layers.Dense(3, activation="softmax")(value))


def transformer_decoder(steps):
    """The next word, from those before."""
    inputs, value = token_and_position(steps, "words", 20)
    return keras.Model(inputs, layers.Dense(20)(transformer_block(transformer_block(value, True), True)))


def transformer(steps):
    """Encoder and decoder: a translator."""
    read, value = token_and_position(steps, "a_source", 20)
    memory = transformer_block(value, False)
    written, value = token_and_position(None if steps is None else steps - 2, "b_target", 15)
    return keras.Model(read + written, layers.Dense(15)(transformer_block(value, True, memory)))


def places_beside(*shapes):
    """Masked tokens and their places, for each number of steps and vocabulary."""

    def make(rng, batch):
        arrays = []
        for steps, vocabulary in shapes:
            tokens = rng.integers(1, vocabulary, (3, steps)).astype("int32")
            tokens[0, steps - 2 :] = 0
            tokens[1, 2] = 0
            arrays += [tokens, np.tile(np.arange(steps, dtype="int32"), (3, 1))]
        return arrays

    return make


def tagger(kind):
    """A functional tagger: masked Embedding, Bidirectional, a class per step."""
    source = keras.Input((7,), dtype="int32", name="tokens")
    value = layers.Embedding(15, 5, mask_zero=True)(source)
    value = layers.Bidirectional(kind(4, return_sequences=True))(value)
    value = layers.Dropout(0.2)(value)
    return keras.Model(source, layers.TimeDistributed(layers.Dense(6, activation="softmax"))(value))


def sequential_tagger():
    return keras.Sequential(
        [
            keras.Input((7,), dtype="int32"),
            layers.Embedding(15, 5, mask_zero=True),
            layers.Bidirectional(layers.LSTM(4, return_sequences=True)),
            layers.GRU(3, return_sequences=True),
            layers.TimeDistributed(layers.Dense(6, activation="softmax")),
        ]
    )


def sentiment():
    return keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(15, 5, mask_zero=True),
            layers.LSTM(4),
            layers.Dense(1, activation="sigmoid"),
        ]
    )


def wave_net():
    """Dilated causal convolutions with gates and skip connections."""
    source = keras.Input((16, 2), name="signal")
    value, skips = layers.Conv1D(4, 2, padding="causal")(source), []
    for dilation in (1, 2, 4):
        gate = layers.Conv1D(4, 2, padding="causal", dilation_rate=dilation, activation="sigmoid")(value)
        signal = layers.Conv1D(4, 2, padding="causal", dilation_rate=dilation, activation="tanh")(value)
        gated = layers.Multiply()([signal, gate])
        skips.append(layers.Conv1D(3, 1)(gated))
        value = layers.Add()([value, layers.Conv1D(4, 1)(gated)])
    joined = layers.ReLU()(layers.Add()(skips))
    return keras.Model(source, layers.Conv1D(2, 1)(joined))


def mobile_net():
    """Inverted residual with depthwise convolutions and ReLU6."""
    source = keras.Input((9, 11, 3), name="image")
    value = layers.Conv2D(4, 3, strides=2, padding="same", use_bias=False)(source)
    entry = layers.ReLU(max_value=6.0)(layers.BatchNormalization()(value))
    value = layers.ReLU(6.0)(layers.BatchNormalization()(layers.Conv2D(8, 1, use_bias=False)(entry)))
    value = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(value)
    value = layers.ReLU(6.0)(layers.BatchNormalization(epsilon=1e-5)(value))
    value = layers.BatchNormalization()(layers.Conv2D(4, 1, use_bias=False)(value))
    value = layers.Add()([entry, value])
    pooled = layers.GlobalAveragePooling2D(keepdims=True)(value)
    return keras.Model(source, layers.Flatten()(layers.Conv2D(5, 1, activation="softmax")(pooled)))


def squeeze_excite():
    source = keras.Input((6, 7, 3), name="image")
    value = layers.Conv2D(8, 3, activation="swish")(source)
    weight = layers.Reshape((1, 1, 8))(layers.GlobalAveragePooling2D()(value))
    weight = layers.Dense(2, activation="relu")(weight)
    weight = layers.Dense(8, activation="sigmoid")(weight)
    return keras.Model(source, layers.Multiply()([value, weight]))


def attention_by_dot():
    """Attention written with Dot, Softmax and Permute, as models had it before there was a layer for it."""
    query, value = keras.Input((4, 5), name="query"), keras.Input((6, 5), name="value")
    scores = layers.Dot(axes=2)([query, value])
    weights = layers.Softmax()(scores)
    context = layers.Dot(axes=(2, 1))([weights, value])
    transposed = layers.Permute((2, 1))(weights)
    return keras.Model([query, value], [layers.Concatenate()([query, context]), transposed])


def generator():
    return keras.Sequential(
        [
            keras.Input((7,)),
            layers.Dense(2 * 3 * 4, use_bias=False),
            layers.BatchNormalization(),
            layers.LeakyReLU(),
            layers.Reshape((2, 3, 4)),
            layers.Conv2DTranspose(3, 5, strides=1, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.LeakyReLU(),
            layers.Conv2DTranspose(2, 5, strides=2, padding="same", use_bias=False, activation="tanh"),
        ]
    )


def feature_space():
    """What FeatureSpace makes of columns, in front of a classifier, as the model that is saved."""
    import tensorflow as tf

    space = keras.utils.FeatureSpace(
        {
            "age": keras.utils.FeatureSpace.float_discretized(num_bins=4),
            "height": keras.utils.FeatureSpace.float_rescaled(scale=0.5),
            "rooms": keras.utils.FeatureSpace.integer_categorical(num_oov_indices=0, max_tokens=5),
            "weight": keras.utils.FeatureSpace.float(),
        },
        output_mode="concat",
    )
    rng = np.random.default_rng(11)
    columns = {
        "age": rng.uniform(0, 90, 40).astype("float32"),
        "height": rng.normal(2, 1, 40).astype("float32"),
        "rooms": rng.integers(0, 5, 40),
        "weight": rng.normal(size=40).astype("float32"),
    }
    space.adapt(tf.data.Dataset.from_tensor_slices(columns))
    hidden = layers.Dense(5, activation="relu")(space.get_encoded_features())
    return keras.Model(space.get_inputs(), layers.Dense(1, activation="sigmoid")(hidden))


def columns(rng, batch):
    return [
        rng.uniform(0, 90, (batch, 1)).astype("float32"),
        rng.normal(2, 1, (batch, 1)).astype("float32"),
        rng.integers(0, 5, (batch, 1)).astype("int32"),
        rng.normal(size=(batch, 1)).astype("float32"),
    ]


CASES = [
    Case(
        name="feature_space",
        why="Columns of a table, encoded by the layers that FeatureSpace makes.",
        build=feature_space,
        inputs=columns,
        generations=("keras3",),
    ),
    Case(
        "lenet",
        "LeNet on 28x28x1.",
        lenet,
        h5=True,
        inputs=lambda rng, batch: [rng.random((2, 28, 28, 1)).astype("float32")],
    ),
    Case(
        "residual_network", "A small residual network with strides and BatchNormalization.", residual_network, h5=True
    ),
    Case("u_net", "A small U-Net, up by transposed convolution and by up-sampling.", u_net, h5=True),
    Case(
        "text_cnn",
        "Embedding, three widths of Conv1D, global maxima.",
        text_cnn,
        inputs=integers(0, 20, (12,)),
        h5=True,
    ),
    Case(
        "lstm_tagger",
        "Masked tokens, Bidirectional LSTM, a class per step.",
        lambda: tagger(layers.LSTM),
        inputs=masked_tokens(7, 15),
        h5=True,
        no_reload=OPERATIONS_IN_H5,
    ),
    Case(
        "gru_tagger",
        "Masked tokens, Bidirectional GRU, a class per step.",
        lambda: tagger(layers.GRU),
        inputs=masked_tokens(7, 15),
        h5=True,
        no_reload=OPERATIONS_IN_H5,
    ),
    Case(
        "sequential_tagger",
        "A tagger in a Sequential: masks implicit in both generations.",
        sequential_tagger,
        inputs=masked_tokens(7, 15),
        h5=True,
    ),
    Case("sentiment", "A free number of masked tokens, one answer.", sentiment, inputs=masked_tokens(6, 15), h5=True),
    Case("wave_net", "Dilated causal convolutions with gates and skips.", wave_net),
    Case("mobile_net", "Depthwise blocks with ReLU6 and an inverted residual.", mobile_net, h5=True),
    Case("squeeze_excite", "A channel weight multiplied onto an image.", squeeze_excite),
    Case("attention_by_dot", "Attention from Dot, Softmax and Permute.", attention_by_dot, h5=True),
    Case("generator", "A generator: Dense, Reshape, transposed convolutions.", generator),
    Case("transformer_encoder", "Attention of masked words to each other, an answer.", lambda: transformer_encoder(7),
         inputs=places_beside((7, 20)), h5=True),
    Case("transformer_encoder_open", "The same for any number of words.", lambda: transformer_encoder(None),
         inputs=places_beside((6, 20))),
    Case("transformer_decoder", "Attention to words before.", lambda: transformer_decoder(7),
         inputs=places_beside((7, 20))),
    Case("transformer_decoder_open", "The same for any number of words.", lambda: transformer_decoder(None),
         inputs=places_beside((5, 20)), h5=True),
    Case("transformer", "Encoder and decoder.", lambda: transformer(7),
         inputs=places_beside((7, 20), (5, 15))),
    Case("transformer_open", "Encoder and decoder for any number of words.", lambda: transformer(None),
         inputs=places_beside((6, 20), (8, 15))),
]
