"""Writes the case directories of testdata/training: small models that real Keras 3 has trained for two steps, one for
each loss, penalty, constraint and schedule that other libraries have too.

    ENV3/bin/python testdata/scripts/make_training_cases.py [--only 'loss_*']

Besides what every case has:

    step.npz        x, y (of several outputs y/0, y/1...) and the weights that one more step of train_on_batch(x, y)
                    gives: after/<layer>/<weight>

Cases that are there already are left alone.
"""

import argparse
import fnmatch
import json
import os
import shutil
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import numpy as np

import keras
from keras import constraints, layers, optimizers, regularizers

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "training")
PINNED = "3.15.1"
BATCH = 6

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--only", default="*")
ARGUMENTS = parser.parse_args()
if keras.__version__ != PINNED:
    raise SystemExit("needs Keras %s, this is %s" % (PINNED, keras.__version__))

# --------------------------------------------------------------------------------------------------------- models


def dense(units, activation="linear", **options):
    return lambda: keras.Sequential(
        [
            layers.Input((5,)),
            layers.Dense(4, activation="tanh", name="first"),
            layers.Dense(units, activation=activation, name="last", **options),
        ]
    )


def sequence(*last):
    return lambda: keras.Sequential(
        [layers.Input((4, 5)), layers.LSTM(3, return_sequences=True, name="loop")] + [make() for make in last]
    )


def image(*last):
    return lambda: keras.Sequential(
        [layers.Input((5, 4, 2)), layers.Conv2D(3, (2, 3), activation="tanh", name="first")] + [make() for make in last]
    )


def two_outputs():
    x = layers.Input((5,), name="x")
    shared = layers.Dense(4, activation="tanh", name="first")(x)
    number = layers.Dense(2, name="number")(shared)
    kind = layers.Dense(3, activation="softmax", name="kind")(shared)
    return keras.Model(x, [number, kind])


def penalised():
    return keras.Sequential(
        [
            layers.Input((5, 4, 2)),
            layers.Conv2D(3, 2, kernel_regularizer=regularizers.L2(0.05), name="first"),
            layers.Flatten(),
            layers.Dense(
                2,
                kernel_regularizer=regularizers.L1L2(0.02, 0.03),
                bias_regularizer=regularizers.L1(0.04),
                name="last",
            ),
        ]
    )


def penalised_loop():
    both = dict(kernel_regularizer=regularizers.L2(0.05), recurrent_regularizer=regularizers.L2(0.05))
    return keras.Sequential([layers.Input((4, 5)), layers.LSTM(3, name="loop", **both), layers.Dense(2, name="last")])


def held():
    return keras.Sequential(
        [
            layers.Input((5, 4, 2)),
            layers.Conv2D(3, 2, kernel_constraint=constraints.MaxNorm(0.8, axis=[0, 1, 2]), name="first"),
            layers.Flatten(),
            layers.Dense(
                4,
                kernel_constraint=constraints.UnitNorm(axis=0),
                bias_constraint=constraints.NonNeg(),
                name="second",
            ),
            layers.Dense(2, kernel_constraint=constraints.MinMaxNorm(0.3, 0.9, axis=0), name="last"),
        ]
    )


def normalised(*between):
    return lambda: keras.Sequential(
        [layers.Input((5,)), layers.Dense(4, name="first")] + [make() for make in between] + [layers.Dense(3, name="last")]
    )


def encoder():
    x = layers.Input((4, 6))
    attended = layers.MultiHeadAttention(2, 3, value_dim=2, name="attention")(x, x)
    y = layers.LayerNormalization(name="normal")(layers.Add()([x, attended]))
    y = layers.GlobalAveragePooling1D()(layers.Dense(5, activation="tanh", name="first")(y))
    return keras.Model(x, layers.Dense(3, name="last")(y))


def crossed():
    x = layers.Input((4, 6))
    query = layers.Dense(3, name="query")(x)
    key = layers.Dense(3, name="key")(x)
    value = layers.Dense(2, name="value")(x)
    y = layers.Attention(use_scale=False, name="attention")([query, value, key])
    return keras.Model(x, layers.Dense(3, name="last")(layers.Flatten()(y)))


# -------------------------------------------------------------------------------------------------------- targets


def numbers(rng, shape):
    return rng.normal(0.0, 1.0, shape)


def positive(rng, shape):
    return rng.uniform(0.2, 1.5, shape)


def counts(rng, shape):
    return rng.poisson(2.0, shape)


def signs(rng, shape):
    return rng.randint(0, 2, shape) * 2 - 1


def bits(rng, shape):
    return rng.randint(0, 2, shape)


def one_hot(rng, shape):
    return np.eye(shape[-1])[rng.randint(0, shape[-1], shape[:-1])]


def parts(rng, shape):
    values = rng.uniform(0.1, 1.0, shape)
    return values / values.sum(-1, keepdims=True)


def classes(rng, shape):
    return rng.randint(0, shape[-1], shape[:-1])


# ----------------------------------------------------------------------------------------------------------- rows


def sgd():
    return optimizers.SGD(0.05)


def adam():
    return optimizers.Adam(0.02)


def scheduled(schedule):
    return lambda: optimizers.SGD(schedule)


softmax = lambda: layers.Dense(3, activation="softmax", name="last")
schedules = optimizers.schedules

ROWS = [
    ("loss_mse", dense(3), "mse", numbers, sgd, {}),
    ("loss_mae", dense(3), "mae", numbers, sgd, {}),
    ("loss_mape", dense(3), "mape", positive, sgd, {}),
    ("loss_msle", dense(3, "sigmoid"), "msle", positive, sgd, {}),
    ("loss_categorical", dense(3, "softmax"), "categorical_crossentropy", one_hot, sgd, {}),
    ("loss_sparse", dense(3, "softmax"), "sparse_categorical_crossentropy", classes, sgd, {}),
    ("loss_binary", dense(3, "sigmoid"), "binary_crossentropy", bits, sgd, {}),
    ("loss_binary_one", dense(1, "sigmoid"), "binary_crossentropy", bits, sgd, {}),
    ("loss_divergence", dense(3, "softmax"), "kl_divergence", parts, sgd, {}),
    ("loss_poisson", dense(1, "softplus"), "poisson", counts, sgd, {}),
    ("loss_hinge", dense(1, "tanh"), "hinge", signs, sgd, {}),
    ("loss_squared_hinge", dense(1, "tanh"), "squared_hinge", signs, sgd, {}),
    ("loss_cosine", dense(3), "cosine_similarity", numbers, sgd, {}),
    ("loss_function_alone", image(layers.Flatten, lambda: layers.Dense(3, name="last"), layers.Softmax),
     "categorical_crossentropy", one_hot, sgd, {}),
    ("loss_steps", sequence(lambda: layers.TimeDistributed(layers.Dense(2, name="last"), name="last")), "mse", numbers, sgd, {}),
    ("loss_steps_softmax", sequence(softmax), "categorical_crossentropy", one_hot, sgd, {}),
    ("loss_states", sequence(), "mse", numbers, sgd, {}),
    ("loss_pixels", image(lambda: layers.Conv2D(2, 2, activation="sigmoid", name="last")), "binary_crossentropy", bits,
     sgd, {}),
    ("loss_pooled", image(layers.GlobalAveragePooling2D), "mse", numbers, sgd, {}),
    ("loss_two_outputs", two_outputs, ["mse", "categorical_crossentropy"], [numbers, one_hot], sgd,
     dict(loss_weights=[0.3, 2.0])),
    ("loss_named_outputs", two_outputs, dict(number="mae", kind="categorical_crossentropy"), [numbers, one_hot], sgd,
     dict(loss_weights=dict(number=0.5, kind=1.5))),
    ("penalties", penalised, "mse", numbers, sgd, {}),
    ("penalties_adam", penalised, "mse", numbers, lambda: optimizers.Adam(0.02), {}),
    ("penalties_loop", penalised_loop, "mse", numbers, sgd, {}),
    ("constraints", held, "mse", numbers, sgd, {}),
    ("weight_decay", dense(3), "mse", numbers, lambda: optimizers.SGD(0.05, weight_decay=0.1), {}),
    ("weight_decay_adamw", dense(3), "mse", numbers, lambda: optimizers.AdamW(0.02, weight_decay=0.1), {}),
    ("clip_value", dense(3), "mse", numbers, lambda: optimizers.SGD(0.5, clipvalue=0.02), {}),
    ("clip_norm", dense(3), "mse", numbers, lambda: optimizers.Adam(0.02, clipnorm=0.05), {}),
    ("schedule_exponential", dense(3), "mse", numbers, scheduled(schedules.ExponentialDecay(0.2, 3, 0.5)), {}),
    ("schedule_staircase", dense(3), "mse", numbers,
     scheduled(schedules.ExponentialDecay(0.2, 2, 0.5, staircase=True)), {}),
    ("schedule_inverse", dense(3), "mse", numbers, scheduled(schedules.InverseTimeDecay(0.2, 2, 0.7)), {}),
    ("schedule_polynomial", dense(3), "mse", numbers,
     scheduled(schedules.PolynomialDecay(0.2, 10, end_learning_rate=0.0, power=1.5)), {}),
    ("schedule_pieces", dense(3), "mse", numbers, scheduled(schedules.PiecewiseConstantDecay([1, 4], [0.3, 0.1, 0.05])),
     {}),
    ("layer_norm", normalised(lambda: layers.LayerNormalization(name="normal")), "mse", numbers, adam, {}),
    ("layer_norm_scale", normalised(lambda: layers.LayerNormalization(center=False, name="normal")), "mse", numbers, adam,
     {}),
    ("layer_norm_shift", normalised(lambda: layers.LayerNormalization(scale=False, name="normal")), "mse", numbers, adam,
     {}),
    ("layer_norm_steps",
     sequence(lambda: layers.LayerNormalization(name="normal"), layers.Flatten, lambda: layers.Dense(2, name="last")),
     "mse", numbers, adam, {}),
    ("layer_norm_pixels",
     image(lambda: layers.LayerNormalization(name="normal"), layers.Flatten, lambda: layers.Dense(2, name="last")), "mse",
     numbers, adam, {}),
    ("layer_norm_decay", normalised(lambda: layers.LayerNormalization(name="normal")), "mse", numbers,
     lambda: optimizers.AdamW(0.02, weight_decay=0.1), {}),
    ("rms_norm", normalised(lambda: layers.RMSNormalization(name="normal")), "mse", numbers, adam, {}),
    ("unit_norm", normalised(layers.UnitNormalization), "mse", numbers, adam, {}),
    ("group_norm",
     image(lambda: layers.GroupNormalization(3, name="normal"), layers.Flatten, lambda: layers.Dense(2, name="last")),
     "mse", numbers, adam, {}),
    ("gelu", normalised(lambda: layers.Dense(5, activation="gelu", name="bent")), "mse", numbers, adam, {}),
    ("einsum_dense",
     sequence(lambda: layers.EinsumDense("abc,cde->abde", (4, 2, 3), activation="tanh", bias_axes="de", name="made"),
              layers.Flatten, lambda: layers.Dense(2, name="last")), "mse", numbers, adam, {}),
    ("upsampled",
     image(lambda: layers.UpSampling2D(2, interpolation="bilinear"), layers.Flatten, lambda: layers.Dense(2, name="last")),
     "mse", numbers, adam, {}),
    # Biases of keys have no gradient, of which Adam would make steps out of rounding errors.
    ("heads", encoder, "mse", numbers, sgd, {}),
    ("attention", crossed, "mse", numbers, sgd, {}),
]

# -------------------------------------------------------------------------------------------------------- writing


def targets(rng, makers, model):
    makers = makers if isinstance(makers, list) else [makers]
    shapes = model.output_shape if isinstance(model.output_shape, list) else [model.output_shape]
    return [make(rng, (BATCH,) + tuple(shape[1:])).astype("float32") for make, shape in zip(makers, shapes)]


def leaves(model):
    for layer in model.layers:
        yield layer.layer if isinstance(layer, layers.TimeDistributed) else layer


def weight_name(layer, weight):
    """Without the layer's own name; weights of layers within have these before theirs."""
    own = weight.path.split("/")[-2:] if isinstance(layer, layers.MultiHeadAttention) else [weight.name]
    return "_".join(own).replace("attention_output", "output")


def weights_of(model):
    return {
        "after/%s/%s" % (layer.name, weight_name(layer, weight)): np.asarray(weight)
        for layer in leaves(model)
        for weight in layer.trainable_weights
    }


def write(name, build, loss, makers, optimizer, options):
    directory = os.path.join(ROOT, name + "_keras3")
    if os.path.isdir(directory):
        return
    rng = np.random.RandomState(zlib.crc32(name.encode()) & 0xFFFFFFFF)
    keras.backend.clear_session()
    model = build()
    model.set_weights([rng.normal(0.0, 0.5, value.shape).astype("float32") for value in model.get_weights()])
    model.compile(optimizer(), loss=loss, jit_compile=False, **options)
    shape = tuple(model.input_shape[1:])

    def batch():
        return rng.normal(0.0, 1.0, (BATCH,) + shape).astype("float32"), targets(rng, makers, model)

    def train(x, y):
        model.train_on_batch(x, y if len(y) > 1 else y[0])

    for _ in range(2):
        train(*batch())
    os.makedirs(directory)
    try:
        model.save(os.path.join(directory, "model.keras"))
        inputs = rng.normal(0.0, 1.0, (3,) + shape).astype("float32")
        outputs = model.predict(inputs, verbose=0)
        np.savez(os.path.join(directory, "inputs.npz"), inputs)
        np.savez(os.path.join(directory, "outputs.npz"), *(outputs if isinstance(outputs, list) else [outputs]))
        x, y = batch()
        train(x, y)
        labels = {"y": y[0]} if len(y) == 1 else {"y/%d" % i: value for i, value in enumerate(y)}
        np.savez(os.path.join(directory, "step.npz"), x=x, **labels, **weights_of(model))
        description = {
            "id": "training/%s_keras3" % name,
            "files": {"model": "model.keras"},
            "atol": 1e-4,
            "rtol": 1e-3,
            "expect": "ok",
            "keras": PINNED,
            "why": "Trained for two steps: step.npz is one more.",
        }
        with open(os.path.join(directory, "case.json"), "w") as out:
            json.dump(description, out, indent=2)
            out.write("\n")
    except BaseException:
        shutil.rmtree(directory)
        raise
    print(directory)


for row in ROWS:
    if fnmatch.fnmatch(row[0], ARGUMENTS.only):
        write(*row)
