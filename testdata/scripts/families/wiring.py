"""Graphs whose wiring is the test: sharing, nesting, ports, names, arithmetic on tensors."""

from building import integers, masked_tokens
from case_writer import OPERATIONS_IN_H5, Case
from generation import KERAS2, keras, layers


def branch(name, features):
    """A small model to be shared or nested."""
    source = keras.Input((features,), name=f"{name}_in")
    value = layers.BatchNormalization(name=f"{name}_norm")(
        layers.Dense(6, activation="relu", name=f"{name}_hidden")(source)
    )
    return keras.Model(source, layers.Dense(4, name=f"{name}_out")(value), name=name)


def siamese():
    """One branch applied to both inputs; difference and cosine joined."""
    left, right = keras.Input((5,), name="left"), keras.Input((5,), name="right")
    shared = branch("branch", 5)
    a, b = shared(left), shared(right)
    joined = layers.Concatenate()([layers.Subtract()([a, b]), layers.Dot(axes=1, normalize=True)([a, b])])
    return keras.Model([left, right], layers.Dense(1, activation="sigmoid")(joined))


def shared_across_levels():
    """A branch that stands in a nested model and beside it: Keras 3 stores it once, with the nested one."""
    a, b = keras.Input((5,), name="a"), keras.Input((5,), name="b")
    shared = branch("branch", 5)
    pair = keras.Model([a, b], layers.Add(name="sum")([shared(a), shared(b)]), name="pair")
    left, right = keras.Input((5,), name="left"), keras.Input((5,), name="right")
    after = branch("after", 4)
    return keras.Model([left, right], [after(pair([left, right])), shared(right)])


def siamese_conv():
    """A Sequential of convolutions as the shared branch: its node numbers differ from a functional one's."""
    left, right = keras.Input((7, 8, 2), name="left"), keras.Input((7, 8, 2), name="right")
    shared = keras.Sequential(
        [
            keras.Input((7, 8, 2)),
            layers.Conv2D(3, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(5),
        ],
        name="encoder",
    )
    return keras.Model([left, right], layers.Subtract()([shared(left), shared(right)]))


def two_inputs_two_outputs():
    image, tokens = keras.Input((6, 7, 2), name="image"), keras.Input((5,), dtype="int32", name="tokens")
    seen = layers.GlobalAveragePooling2D()(layers.Conv2D(4, 3, activation="relu")(image))
    read = layers.LSTM(3)(layers.Embedding(9, 4)(tokens))
    joined = layers.Dense(6, activation="tanh")(layers.Concatenate()([seen, read]))
    label = layers.Dense(3, activation="softmax", name="label")(joined)
    score = layers.Dense(1, name="score")(layers.Add()([joined, layers.Dense(6)(read)]))
    return keras.Model([image, tokens], [label, score])


def image_and_tokens(rng, batch):
    image = rng.normal(size=(batch, 6, 7, 2)).astype("float32")
    return [image, rng.integers(0, 9, (batch, 5)).astype("int32")]


def nested_three_deep():
    """Functional in Sequential in functional.

    A frozen layer inside moves its weights behind the trainable ones in .h5.
    """
    innermost_in = keras.Input((4,), name="innermost_in")
    frozen = layers.Dense(5, activation="tanh", name="frozen", trainable=False)(innermost_in)
    normal = layers.BatchNormalization(name="innermost_norm")(frozen)
    innermost = keras.Model(innermost_in, layers.Dense(4, name="innermost_out")(normal), name="innermost")
    middle = keras.Sequential(
        [
            keras.Input((6,)),
            layers.Dense(4, activation="relu", name="middle_first"),
            innermost,
            layers.BatchNormalization(name="middle_norm"),
        ],
        name="middle",
    )
    source = keras.Input((3,), name="x")
    value = middle(layers.Dense(6, activation="tanh", name="outer_first")(source))
    return keras.Model(source, layers.Dense(2, name="outer_last")(value), name="outer")


def nested_called_twice():
    """A nested model called twice in a chain, its second call on the result of the first."""
    source = keras.Input((5,), name="x")
    inner_in = keras.Input((5,), name="inner_in")
    inner = keras.Model(
        inner_in, layers.Dense(5, activation="tanh")(layers.LayerNormalization()(inner_in)), name="inner"
    )
    return keras.Model(source, inner(inner(source)))


def nested_many_ports():
    """A nested model with two inputs and two outputs, of which the outer uses the second first."""
    a, b = keras.Input((3,), name="a"), keras.Input((4,), name="b")
    inner = keras.Model([a, b], [layers.Dense(2)(layers.Concatenate()([a, b])), layers.Dense(5)(b)], name="inner")
    x, y = keras.Input((4,), name="x"), keras.Input((3,), name="y")
    small, large = inner([y, x])
    return keras.Model([x, y], [layers.Dense(3)(large), layers.Activation("tanh")(small)])


def nested_last():
    """An autoencoder: two nested models, the second's output is the outer's."""
    encoder = keras.Sequential(
        [
            keras.Input((6, 8, 2)),
            layers.Conv2D(4, 3, strides=2, padding="same", activation="relu"),
            layers.Conv2D(3, 3, strides=2, padding="same"),
        ],
        name="encoder",
    )
    decoder = keras.Sequential(
        [
            keras.Input((2, 2, 3)),
            layers.Conv2DTranspose(4, 3, strides=2, padding="same", activation="relu"),
            layers.Conv2DTranspose(2, 3, strides=2, padding="same"),
        ],
        name="decoder",
    )
    source = keras.Input((6, 8, 2), name="image")
    return keras.Model(source, decoder(encoder(source)), name="autoencoder")


def sequential_of_models():
    """A Sequential whose first layer is a model and whose last is a Sequential."""
    tail = keras.Sequential([layers.Dense(3, input_shape=(4,)), layers.Activation("softmax")], name="tail")
    return keras.Sequential([branch("head", 5), layers.Dropout(0.1), tail])


def nested_recurrent_masked():
    """A nested model that makes its own mask inside."""
    tokens = keras.Input((7,), dtype="int32", name="inner_tokens")
    encoded = layers.GRU(4)(layers.Embedding(9, 3, mask_zero=True)(tokens))
    encoder = keras.Model(tokens, encoded, name="encoder")
    first = keras.Input((7,), dtype="int32", name="first")
    second = keras.Input((7,), dtype="int32", name="second")
    return keras.Model([first, second], layers.Dense(2)(layers.Multiply()([encoder(first), encoder(second)])))


def shared_layer():
    """One Dense called three times, and an Embedding shared by two inputs."""
    source = keras.Input((4,), name="x")
    dense = layers.Dense(4, activation="tanh", name="shared")
    once = dense(source)
    return keras.Model(source, layers.Concatenate()([once, dense(once), dense(layers.Multiply()([once, source]))]))


def shared_embedding():
    first = keras.Input((5,), dtype="int32", name="first")
    second = keras.Input((3,), dtype="int32", name="second")
    table = layers.Embedding(9, 4, name="table")
    reader = layers.LSTM(3, name="reader")
    return keras.Model([first, second], layers.Dot(axes=1)([reader(table(first)), reader(table(second))]))


def hidden_outputs():
    """Outputs that are also used inside, in an order of their own, one of them twice as deep as the other."""
    source = keras.Input((5,), name="x")
    first = layers.Dense(4, activation="relu", name="first")(source)
    second = layers.Dense(3, activation="tanh", name="second")(first)
    third = layers.Dense(2, name="third")(second)
    return keras.Model(source, [third, first, second])


def inputs_out_of_order():
    """Inputs listed in another order than they were made and used."""
    a, b, c = (keras.Input((size,), name=name) for name, size in (("a", 3), ("b", 4), ("c", 5)))
    joined = layers.Concatenate()([layers.Dense(2)(b), c, a])
    return keras.Model([c, a, b], layers.Dense(3)(joined))


def dict_inputs():
    """Inputs given as a dict whose order of insertion is not the sorted one."""
    sources = {"width": keras.Input((3,), name="width"), "height": keras.Input((5,), name="height")}
    joined = layers.Concatenate()([layers.Dense(4, activation="relu")(sources["width"]), sources["height"]])
    return keras.Model(sources, layers.Dense(2)(joined))


def dict_outputs():
    """Outputs given as a dict: flattened in sorted order."""
    source = keras.Input((4,), name="x")
    hidden = layers.Dense(5, activation="tanh")(source)
    return keras.Model(
        source, {"zeta": layers.Dense(2, name="zeta")(hidden), "alpha": layers.Dense(3, name="alpha")(hidden)}
    )


def odd_names():
    """Names with dots, dashes and (where Keras lets them) slashes, blanks and letters beyond ASCII."""
    names = (
        ["block1/conv.a-b", "Dense.0", "out-put_1>x"] if KERAS2 else ["block 1: conv", "Dichte-Größe.0", "out>put_1"]
    )
    source = keras.Input((6, 3), name="in.put-1")
    value = layers.Conv1D(4, 3, name=names[0])(source)
    value = layers.Dense(5, activation="relu", name=names[1])(value)
    return keras.Model(source, layers.Dense(2, name=names[2])(value), name="model.with-dots")


def sorted_differently():
    """Twelve layers whose names and numbers sort differently from the order of the layers."""
    chain = [keras.Input((4,))]
    chain += [layers.Dense(4, activation="tanh", name=f"dense_{12 - i}") for i in range(12)]
    return keras.Sequential(chain)


def operators():
    """Residuals and scalings written as arithmetic on tensors."""
    source = keras.Input((4, 5), name="x")
    value = layers.Dense(5, activation="relu")(source)
    value = value * 2.0 + source
    value = 1.0 - layers.Dense(5)(value) / 3.0
    return keras.Model(source, value - source * value)


def residual_operator():
    """The most common form: x + block(x), in convolutions."""
    source = keras.Input((6, 7, 3), name="image")
    value = layers.BatchNormalization()(layers.Conv2D(3, 3, padding="same")(source))
    value = layers.ReLU()(value + source)
    return keras.Model(source, layers.GlobalMaxPooling2D()(value * 0.5))


def slices():
    """Steps, halves and new axes taken by indexing."""
    source = keras.Input((6, 4), name="x")
    last = source[:, -1]
    halves = layers.Concatenate()([source[:, ::2, :2], source[:, 1::2, 2:]])
    return keras.Model(source, [layers.Dense(3)(last), layers.Conv1D(2, 2)(halves)])


def functions():
    """Functions of the backend called on tensors: keras.ops in Keras 3, tf in Keras 2."""
    source = keras.Input((4, 5), name="x")
    value = layers.Dense(6)(source)
    if KERAS2:
        import tensorflow as tf

        value = tf.nn.relu(value) + tf.reduce_mean(value, axis=1, keepdims=True)
        value = tf.concat([value, tf.transpose(tf.reshape(value, (-1, 6, 4)), (0, 2, 1))], axis=-1)
        return keras.Model(source, tf.nn.softmax(value))
    ops = keras.ops
    value = ops.relu(value) + ops.mean(value, axis=1, keepdims=True)
    value = ops.concatenate([value, ops.transpose(ops.reshape(value, (-1, 6, 4)), (0, 2, 1))], axis=-1)
    return keras.Model(source, ops.softmax(value))


def training_false():
    """A nested base called with training=False, as fine-tuning does it; the call argument stands in the file."""
    source = keras.Input((5,), name="x")
    base = branch("base", 5)
    base.trainable = False
    value = layers.Dropout(0.3)(base(source, training=False))
    return keras.Model(source, layers.Dense(2)(layers.BatchNormalization()(value, training=False)))


def mask_from_outside():
    """The mask is made outside and used inside a nested model."""
    inner_in = keras.Input((7, 4), name="inner_in")
    inner = keras.Model(inner_in, layers.LSTM(3)(layers.Dense(5)(inner_in)), name="inner")
    tokens = keras.Input((7,), dtype="int32", name="tokens")
    return keras.Model(tokens, layers.Dense(2)(inner(layers.Embedding(9, 4, mask_zero=True)(tokens))))


def free_size():
    """Down and up again without a stated height and width."""
    source = keras.Input((None, None, 2), name="image")
    down = layers.MaxPooling2D(2)(layers.Conv2D(4, 3, padding="same", activation="relu")(source))
    up = layers.Conv2DTranspose(3, 3, strides=2, padding="same")(layers.ZeroPadding2D(1)(down))
    up = layers.Concatenate()([layers.Cropping2D(2)(up), layers.UpSampling2D(2)(down)])
    pooled = layers.GlobalAveragePooling2D()(up)
    return keras.Model(source, [up, layers.Dense(2)(pooled)])


def same_output_twice():
    source = keras.Input((4,), name="x")
    value = layers.Dense(3, activation="tanh", name="value")(source)
    return keras.Model(source, [value, layers.Dense(2, name="other")(value), value])


def fixed_batch():
    """A batch size in the config."""
    source = keras.Input(batch_shape=(3, 6, 2), name="x")
    return keras.Model(source, layers.Dense(4)(layers.Reshape((-1, 4))(source)))


def float64():
    source = keras.Input((5,), dtype="float64", name="x")
    hidden = layers.Dense(4, activation="tanh", dtype="float64")(source)
    return keras.Model(source, layers.Dense(3, dtype="float64")(hidden))


def large_config():
    """Names so long that model_config and layer_names pass 64 kB: the name list is cut into layer_names0, 1..."""
    chain = [keras.Input((4,)), layers.Dense(3)]
    chain += [layers.Activation("tanh" if i % 2 else "linear", name=f"step_{i}_" + "x" * 2000) for i in range(34)]
    return keras.Sequential(chain)


CASES = [
    Case("siamese", "A shared functional branch used twice.", siamese, h5=True),
    Case(
        "shared_across_levels",
        "A branch used in a nested model and beside it.",
        shared_across_levels,
        h5=True,
        no_reload={"keras3": "Keras 3 stores the branch once and misses it at its second place."},
    ),
    Case("siamese_conv", "A shared Sequential of convolutions used twice.", siamese_conv, h5=True),
    Case(
        "two_inputs_two_outputs",
        "An image and tokens in, a class and a score out.",
        two_inputs_two_outputs,
        inputs=image_and_tokens,
        h5=True,
    ),
    Case(
        "nested_three_deep",
        "Functional in Sequential in functional, with BatchNormalization and a frozen layer inside.",
        nested_three_deep,
        h5=True,
    ),
    Case("nested_called_twice", "A nested model called on its own output.", nested_called_twice, h5=True),
    Case("nested_many_ports", "A nested model with two inputs and two outputs.", nested_many_ports, h5=True),
    Case("nested_last", "Encoder and decoder as nested models, one behind the other.", nested_last),
    Case(
        "sequential_of_models",
        "A Sequential that begins with a model and ends with a Sequential.",
        sequential_of_models,
        h5=True,
    ),
    Case(
        "nested_recurrent_masked",
        "A nested model that makes its mask inside, used twice.",
        nested_recurrent_masked,
        inputs=lambda rng, batch: masked_tokens(7, 9)(rng, 5) + masked_tokens(7, 9)(rng, 5),
        h5=True,
        no_reload=OPERATIONS_IN_H5,
    ),
    Case("shared_layer", "One Dense called three times.", shared_layer, h5=True),
    Case(
        "shared_embedding",
        "One Embedding and one LSTM for two inputs of different length.",
        shared_embedding,
        inputs=integers(0, 9, (5,), (3,)),
        h5=True,
    ),
    Case("hidden_outputs", "Hidden values as outputs, in an order of their own.", hidden_outputs, h5=True),
    Case("inputs_out_of_order", "Inputs in another order than they were made.", inputs_out_of_order, h5=True),
    Case("dict_inputs", "Inputs in a dict; arrays stand sorted by key.", dict_inputs, h5=True),
    Case("dict_outputs", "Outputs in a dict; arrays stand sorted by key.", dict_outputs, h5=True),
    Case("odd_names", "Odd characters in names.", odd_names, h5=True),
    Case("sorted_differently", "Twelve equal layers whose names sort in another order.", sorted_differently, h5=True),
    Case(
        "operators",
        "Arithmetic on tensors, with constants on either side.",
        operators,
        h5=True,
        no_reload=OPERATIONS_IN_H5,
    ),
    Case(
        "residual_operator", "A residual written x + block(x).", residual_operator, h5=True, no_reload=OPERATIONS_IN_H5
    ),
    Case("slices", "Indexing on tensors.", slices, h5=True, no_reload=OPERATIONS_IN_H5),
    Case("functions", "Backend functions on tensors.", functions, h5=True, no_reload=OPERATIONS_IN_H5),
    Case(
        "training_false",
        "Call arguments training=False on a nested base and on BatchNormalization.",
        training_false,
        h5=True,
    ),
    Case(
        "mask_from_outside",
        "A mask that enters a nested model.",
        mask_from_outside,
        inputs=masked_tokens(7, 9),
        no_reload=OPERATIONS_IN_H5,
    ),
    Case(
        "free_size",
        "Unknown height and width through pooling, padding, transposed convolution and up-sampling.",
        free_size,
        inputs=lambda rng, batch: [rng.normal(size=(batch, 6, 8, 2)).astype("float32")],
    ),
    Case("same_output_twice", "One value as two of the outputs.", same_output_twice),
    Case(
        "fixed_batch",
        "A stated batch size.",
        fixed_batch,
        inputs=lambda rng, batch: [rng.normal(size=(3, 6, 2)).astype("float32")],
    ),
    Case(
        "float64",
        "A model of float64.",
        float64,
        inputs=lambda rng, batch: [rng.normal(size=(batch, 5))],
        atol=1e-6,
        rtol=1e-5,
    ),
    Case("large_config", "Attributes beyond 64 kB in the .h5.", large_config, generations=("keras2",)),
]
