"""Writes the case directories of testdata/optimizers: small models that real Keras has trained for three steps.

    ENV3/bin/python testdata/scripts/make_optimizer_cases.py --environment keras3
    ENV2/bin/python testdata/scripts/make_optimizer_cases.py --environment keras2 [--only 'adam*']
    ENV22/bin/python, ENV23/bin/python ... --environment keras2_2, keras2_3     (multi-backend, on TensorFlow)
    ENV1/bin/python ... --environment keras1     (and with KERAS_BACKEND=theano once more)

It runs on the Python of each of them (3.6 to 3.11). Besides what every case has:

    optimizer.npz   what the optimizer keeps, read from its attributes: <Keras 3's slot>/<layer>/<weight>, the steps
                    as iterations, further numbers under Keras 3's name
    step.npz        x, y and the weights that one more step of train_on_batch(x, y) gives: after/<layer>/<weight>

Cases that are there already are left alone.
"""

import argparse
import fnmatch
import json
import os
import shutil
import sys
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import numpy as np

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "optimizers")

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--environment", required=True, choices=["keras1", "keras2_2", "keras2_3", "keras2", "keras3"])
parser.add_argument("--only", default="*")
ARGUMENTS = parser.parse_args()
ENVIRONMENT = ARGUMENTS.environment

if ENVIRONMENT == "keras2":
    from tensorflow import keras
else:
    import keras

PINNED = {"keras1": "1.2.2", "keras2_2": "2.2.4", "keras2_3": "2.3.1", "keras2": "2.15.0", "keras3": "3.15.1"}
VERSION = __import__("keras").__version__
if VERSION != PINNED[ENVIRONMENT]:
    sys.exit("%s needs Keras %s, this is %s" % (ENVIRONMENT, PINNED[ENVIRONMENT], VERSION))

MULTI_BACKEND = ENVIRONMENT in ("keras1", "keras2_2", "keras2_3")
THEANO = MULTI_BACKEND and keras.backend.backend() == "theano"
layers = keras.layers
optimizers = keras.optimizers
legacy = optimizers.legacy if ENVIRONMENT == "keras2" else None
schedules = None if MULTI_BACKEND else optimizers.schedules

# --------------------------------------------------------------------------------------------------------- models


def plain():
    """Dense, statistics, a frozen layer between."""
    frozen = layers.Dense(3, activation="tanh", name="frozen")
    frozen.trainable = False
    model = keras.models.Sequential()
    model.add(layers.Dense(4, input_shape=(5,), activation="tanh", name="first"))
    model.add(layers.BatchNormalization(name="norm"))
    model.add(frozen)
    model.add(layers.Dense(2, name="last"))
    return model


def nested():
    """A model within the model, of which one layer is frozen."""
    x = layers.Input(shape=(4,), name="inner_x")
    frozen = layers.Dense(2, name="frozen")
    frozen.trainable = False
    inner = keras.models.Model(x, layers.Dense(3, name="within")(frozen(layers.BatchNormalization(name="norm")(x))))
    inner._name = inner.name = "inner"
    y = layers.Input(shape=(5,), name="x")
    return keras.models.Model(y, layers.Dense(2, name="last")(inner(layers.Dense(4, name="first")(y))))


def nested_by_name():
    x = layers.Input(shape=(4,), name="inner_x")
    frozen = layers.Dense(2, name="frozen")
    frozen.trainable = False
    within = layers.Dense(3, name="within")(frozen(layers.BatchNormalization(name="norm")(x)))
    inner = keras.models.Model(x, within, name="inner")
    y = layers.Input(shape=(5,), name="x")
    return keras.models.Model(y, layers.Dense(2, name="last")(inner(layers.Dense(4, name="first")(y))))


def loop():
    """LSTM, which Keras 1 keeps gate by gate."""
    model = keras.models.Sequential()
    model.add(layers.LSTM(3, input_shape=(4, 5), name="loop"))
    model.add(layers.Dense(2, name="last"))
    return model


def images():
    """A convolution, whose kernel Theano turns round and Keras 1 has in another order."""
    model = keras.models.Sequential()
    model.add(layers.Convolution2D(3, 2, 3, input_shape=(2, 4, 5), dim_ordering="th", name="image"))
    model.add(layers.Flatten(name="flat"))
    model.add(layers.Dense(2, name="last"))
    return model


# -------------------------------------------------------------------------------------------------------- weights


def leaves(model):
    for layer in model.layers:
        if hasattr(layer, "layers"):
            for inner in leaves(layer):
                yield inner
        else:
            yield layer


def names_of(layer):
    """Keras 3's names of what the layer trains, in the order in which it has them."""
    kind = layer.__class__.__name__
    if kind == "BatchNormalization":
        return ["gamma", "beta"]
    if kind == "LSTM" and ENVIRONMENT == "keras1":
        return [part + gate for gate in ("_i", "_c", "_f", "_o") for part in ("kernel", "recurrent_kernel", "bias")]
    return ["kernel", "recurrent_kernel", "bias"] if kind == "LSTM" else ["kernel", "bias"]


def trained(model):
    """(layer, weight name, variable) in the order in which the optimizer has the variables."""
    rows = []
    for layer in leaves(model):
        weights = layer.trainable_weights
        rows += [(layer, name, weight) for name, weight in zip(names_of(layer), weights)]
    assert len(rows) == len(model.trainable_weights)
    if MULTI_BACKEND:
        # Keras 1 sorts them by name.
        own = getattr(model, "model", None) or model
        order = [id(weight) for weight in own._collected_trainable_weights]
        rows.sort(key=lambda row: order.index(id(row[2])))
    return rows


def as_today(arrays):
    """{(layer, part): array} with Keras 1's parts and orders made into Keras 3's."""
    result = {}
    for (layer, name), array in arrays.items():
        kind = layer.__class__.__name__
        if kind == "LSTM" and ENVIRONMENT == "keras1":
            part, gate = name.rsplit("_", 1)
            if gate == "i":
                order = [arrays[(layer, part + "_" + g)] for g in "ifco"]
                result[(layer, part)] = np.concatenate(order, axis=-1)
        elif kind == "Convolution2D" and name == "kernel" and ENVIRONMENT == "keras1":
            turned = array[:, :, ::-1, ::-1] if THEANO else array
            result[(layer, name)] = np.transpose(turned, (2, 3, 1, 0))
        else:
            result[(layer, name)] = array
    return {"%s/%s" % (layer.name, name): array for (layer, name), array in result.items()}


def numpy_of(variable):
    return np.asarray(keras.backend.get_value(variable) if MULTI_BACKEND else variable.numpy())


def weights_of(model):
    """Everything that a step changes by gradients."""
    return as_today({(layer, name): numpy_of(weight) for layer, name, weight in trained(model)})


# ---------------------------------------------------------------------------------------------------------- state

# Attributes of Keras 3's optimizers and tf.keras's new ones.
ATTRIBUTES = {
    "_model_variables_moving_average": "average",
    "_accumulated_gradients": "gradient_accumulator",
    "_momentums": "momentum",
    "momentums": "momentum",
    "_velocities": "velocity",
    "adam_velocities": "velocity",
    "_velocity_hats": "velocity_hat",
    "_average_gradients": "average_gradient",
    "_accumulators": "accumulator",
    "_linears": "linear",
    "_accumulated_grads": "accumulated_grad",
    "_accumulated_delta_vars": "accumulated_delta_var",
    "_m": "momentum",
    "_u": "norm",
    "_r": "row",
    "_c": "column",
    "_v": "velocity",
}

# Slots of tf.keras's legacy optimizers.
SLOTS = {
    "momentum": "momentum",
    "rms": "velocity",
    "mg": "average_gradient",
    "m": "momentum",
    "v": "velocity",
    "vhat": "velocity_hat",
    "accum_grad": "accumulated_grad",
    "accum_var": "accumulated_delta_var",
    "accumulator": "accumulator",
    "linear": "linear",
}

# What the multi-backend optimizers have in their list of weights, kind by kind; their attributes do not tell.
KINDS = {
    "SGD": ["momentum"],
    "RMSprop": ["velocity"],
    "Adagrad": ["accumulator"],
    "Adadelta": ["accumulated_grad", "accumulated_delta_var"],
    "Adam": ["momentum", "velocity", "velocity_hat"],
    "Adamax": ["momentum", "norm"],
    "Nadam": ["momentum", "velocity"],
}


def state_of(optimizer, model):
    rows = trained(model)
    if hasattr(optimizer, "inner_optimizer"):
        state = state_of(optimizer.inner_optimizer, model)
        if ENVIRONMENT == "keras3":
            state["step_counter"] = numpy_of(optimizer.step_counter)
            state["dynamic_scale"] = numpy_of(optimizer.dynamic_scale)
        return state
    state = {}

    def keep(slot, arrays):
        known = {key: array for key, array in arrays.items() if array is not None}
        state.update({slot + "/" + key: array for key, array in as_today(known).items()})

    if MULTI_BACKEND:
        values = optimizer.get_weights()
        kinds = KINDS[optimizer.__class__.__name__]
        if optimizer.__class__.__name__ == "Adam" and not getattr(optimizer, "amsgrad", False):
            kinds = kinds[:2]
        arrays = [value for value in values if np.ndim(value) > 0]
        if np.ndim(values[0]) == 0:
            state["iterations"] = values[0]
        if len(values) > 1 and np.ndim(values[1]) == 0:
            state["u_product"] = values[1]
        if kinds == ["momentum"] and keras.backend.get_value(optimizer.momentum) == 0:
            kinds = []  # kept, and never used
        for i, kind in enumerate(kinds):
            own = arrays[i * len(rows) : (i + 1) * len(rows)]
            keep(kind, {(layer, name): value for (layer, name, _), value in zip(rows, own)})
        return state
    # Keras 3's property counts accumulated steps as one, its variable does not.
    state["iterations"] = numpy_of(optimizer._iterations if ENVIRONMENT == "keras3" else optimizer.iterations)
    if legacy and isinstance(optimizer, legacy.Optimizer):
        for slot in optimizer.get_slot_names():
            name = "norm" if slot == "v" and isinstance(optimizer, legacy.Adamax) else SLOTS[slot]
            keep(name, {(layer, n): numpy_of(optimizer.get_slot(v, slot)) for layer, n, v in rows})
        if isinstance(optimizer, legacy.Nadam):
            state["u_product"] = numpy_of(optimizer._m_cache)
        return state
    for attribute, slot in ATTRIBUTES.items():
        variables = getattr(optimizer, attribute, None)
        if not isinstance(variables, list) or not variables:
            continue
        if slot == "momentum" and isinstance(optimizer, optimizers.SGD) and optimizer.momentum == 0:
            continue
        arrays = {}
        for layer, name, variable in rows:
            if ENVIRONMENT == "keras3":
                kept = variables[optimizer._get_variable_index(variable)]
            else:
                kept = variables[optimizer._index_dict[optimizer._var_key(variable)]]
            # A vector has neither row nor column, but numbers in their places.
            unused = slot in ("row", "column") and len(variable.shape) < 2
            arrays[(layer, name)] = None if kept is None or unused else numpy_of(kept)
        keep(slot, arrays)
    if ENVIRONMENT == "keras3" and isinstance(optimizer, optimizers.Nadam):
        # tf.keras does not store it, and within a graph multiplies it once for each weight.
        state["u_product"] = numpy_of(optimizer._u_product)
    if ENVIRONMENT == "keras3" and not isinstance(optimizer._learning_rate, schedules.LearningRateSchedule):
        state["learning_rate"] = numpy_of(optimizer._learning_rate)
    return state


# ---------------------------------------------------------------------------------------------------------- cases


def rows():
    """(name, forms, optimizer, what compile gets besides, model)"""
    mse = dict(loss="mse", metrics=["mae"])
    if ENVIRONMENT == "keras3":
        both = ["keras3", "keras3_h5"]
        one = ["keras3"]
        o = optimizers
        smoothed = dict(
            loss=keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1),
            metrics=["accuracy", keras.metrics.CategoricalCrossentropy(from_logits=True)],
        )
        return [
            ("sgd", one, lambda: o.SGD(0.05), mse, plain),
            ("sgd_nesterov", both, lambda: o.SGD(0.05, momentum=0.8, nesterov=True, clipnorm=0.7), mse, plain),
            ("sgd_averaged", one, lambda: o.SGD(0.05, use_ema=True, ema_momentum=0.9), mse, plain),
            ("sgd_accumulated", one, lambda: o.SGD(0.05, momentum=0.5, gradient_accumulation_steps=2), mse, plain),
            ("rmsprop", one, lambda: o.RMSprop(0.01), mse, plain),
            ("rmsprop_centered", both, lambda: o.RMSprop(0.01, momentum=0.6, centered=True), mse, plain),
            ("adagrad", one, lambda: o.Adagrad(0.1), mse, plain),
            ("adadelta", one, lambda: o.Adadelta(0.7), mse, plain),
            ("adam", both, lambda: o.Adam(0.02), smoothed, plain),
            ("adam_nested", both, lambda: o.Adam(0.02, amsgrad=True), mse, nested_by_name),
            (
                "adam_schedule",
                both,
                lambda: o.Adam(schedules.CosineDecay(0.02, 9, alpha=0.1, warmup_target=0.05, warmup_steps=2)),
                mse,
                plain,
            ),
            ("adam_scaled", both, lambda: o.LossScaleOptimizer(o.Adam(0.02), initial_scale=64.0), mse, plain),
            ("adamw", one, lambda: o.AdamW(0.02, weight_decay=0.01), mse, plain),
            ("adamax", one, lambda: o.Adamax(0.02), mse, plain),
            ("nadam", both, lambda: o.Nadam(0.02), mse, plain),
            ("ftrl", one, lambda: o.Ftrl(0.05, l1_regularization_strength=0.01, beta=0.1), mse, plain),
            ("lion", one, lambda: o.Lion(0.01), mse, plain),
            ("lamb", one, lambda: o.Lamb(0.02), mse, plain),
            ("adafactor", one, lambda: o.Adafactor(0.02), mse, plain),
            ("muon", one, lambda: o.Muon(0.02), mse, plain),
            ("schedule_free_adamw", one, lambda: o.ScheduleFreeAdamW(0.02), mse, plain),
            ("sgd_loop", one, lambda: o.SGD(0.05, momentum=0.8), mse, loop),
        ]
    if ENVIRONMENT == "keras2":
        h5 = ["keras2"]
        old = ["keras2_legacy"]
        o = optimizers
        smoothed = dict(
            loss=keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1),
            metrics=["accuracy", keras.metrics.CategoricalCrossentropy(from_logits=True)],
        )
        exponential = schedules.ExponentialDecay(0.1, 2, 0.7, staircase=True)
        return [
            ("sgd", h5, lambda: o.SGD(0.05), mse, plain),
            ("sgd_nesterov", h5, lambda: o.SGD(0.05, momentum=0.8, nesterov=True), mse, plain),
            ("rmsprop", h5, lambda: o.RMSprop(0.01), mse, plain),
            ("rmsprop_centered", h5, lambda: o.RMSprop(0.01, momentum=0.6, centered=True), mse, plain),
            ("adagrad", h5, lambda: o.Adagrad(0.1), mse, plain),
            ("adadelta", h5, lambda: o.Adadelta(0.7), mse, plain),
            ("adam", ["keras2", "keras2_v3"], lambda: o.Adam(0.02), smoothed, plain),
            ("adam_nested", h5, lambda: o.Adam(0.02, amsgrad=True), mse, nested_by_name),
            ("adam_scaled", ["keras2", "keras2_v3"], lambda: scaled(o.Adam(0.02)), mse, plain),
            ("adamw_averaged", h5, lambda: o.AdamW(0.02, use_ema=True), mse, plain),
            ("adamax", h5, lambda: o.Adamax(0.02), mse, plain),
            ("nadam", h5, lambda: o.Nadam(0.02), mse, plain),
            ("ftrl", h5, lambda: o.Ftrl(0.05, l1_regularization_strength=0.01), mse, plain),
            ("lion", h5, lambda: o.Lion(0.01), mse, plain),
            ("adafactor", h5, lambda: o.Adafactor(0.02), mse, plain),
            ("sgd", old, lambda: legacy.SGD(exponential, momentum=0.8), mse, plain),
            ("sgd_decay", old, lambda: legacy.SGD(0.05, momentum=0.8, decay=0.2), mse, plain),
            ("rmsprop", old, lambda: legacy.RMSprop(0.01, clipnorm=0.7), mse, plain),
            ("rmsprop_centered", old, lambda: legacy.RMSprop(0.01, momentum=0.6, centered=True), mse, plain),
            ("adagrad", old, lambda: legacy.Adagrad(0.1), mse, plain),
            ("adadelta", old, lambda: legacy.Adadelta(0.7), mse, plain),
            ("adam_nested", old, lambda: legacy.Adam(0.02, amsgrad=True), smoothed, nested_by_name),
            ("adamax", old, lambda: legacy.Adamax(0.02), mse, plain),
            ("nadam", old, lambda: legacy.Nadam(0.02), mse, plain),
            ("ftrl", old, lambda: legacy.Ftrl(0.05, l1_regularization_strength=0.01), mse, plain),
        ]
    form = [ENVIRONMENT + ("_theano" if THEANO else "")]
    o = optimizers
    if THEANO:
        return [("adam_images", form, lambda: o.Adam(0.02), mse, images)]
    cosine = dict(loss="cosine_proximity", metrics=["accuracy"])
    nesting = nested if ENVIRONMENT == "keras1" else nested_by_name
    table = [
        ("sgd", form, lambda: o.SGD(0.05), cosine, plain),
        ("sgd_decay", form, lambda: o.SGD(0.05, momentum=0.8, decay=0.2, clipnorm=0.7), mse, plain),
        ("rmsprop", form, lambda: o.RMSprop(0.01), mse, plain),
        ("adam", form, lambda: o.Adam(0.02), mse, nesting),
        ("nadam", form, lambda: o.Nadam(0.02), mse, plain),
    ]
    if ENVIRONMENT == "keras2_3":
        table.append(("adam_amsgrad", form, lambda: o.Adam(0.02, amsgrad=True), mse, plain))
    if ENVIRONMENT == "keras1":
        table += [
            ("adagrad", form, lambda: o.Adagrad(0.1), mse, plain),
            ("adadelta", form, lambda: o.Adadelta(0.7), mse, plain),
            ("adamax", form, lambda: o.Adamax(0.02), mse, plain),
            ("adam_loop", form, lambda: o.Adam(0.02), mse, loop),
            ("adam_images", form, lambda: o.Adam(0.02), mse, images),
        ]
    return table


def scaled(optimizer):
    return keras.mixed_precision.LossScaleOptimizer(optimizer, initial_scale=64.0)


def compiled(model, optimizer, arguments):
    if ENVIRONMENT == "keras3":
        model.compile(optimizer, jit_compile=False, **arguments)
    else:
        model.compile(optimizer, **arguments)
    return model


def randomise(model, rng):
    values = []
    for value in model.get_weights():
        values.append(rng.uniform(0.3, 1.2, value.shape) if value.ndim == 1 else rng.normal(0.0, 0.5, value.shape))
    model.set_weights([np.asarray(value, "float32") for value in values])


def targets(rng, count, arguments):
    loss = arguments["loss"]
    if not isinstance(loss, str):
        return np.eye(2, dtype="float32")[rng.randint(0, 2, count)]
    return rng.normal(0.0, 1.0, (count, 2)).astype("float32")


def write(name, form, make, arguments, build):
    directory = os.path.join(ROOT, name + "_" + form)
    if os.path.isdir(directory):
        return
    rng = np.random.RandomState(zlib.crc32(name.encode()) & 0xFFFFFFFF)
    model = build()
    randomise(model, rng)
    compiled(model, make(), arguments)
    shape = tuple(model.input_shape[1:])
    for _ in range(3):
        x = rng.normal(0.0, 1.0, (6,) + shape).astype("float32")
        model.train_on_batch(x, targets(rng, 6, arguments))
    os.makedirs(directory)
    try:
        file = "model.keras" if form in ("keras3", "keras2_v3") else "model.h5"
        model.save(os.path.join(directory, file))
        inputs = rng.normal(0.0, 1.0, (3,) + shape).astype("float32")
        np.savez(os.path.join(directory, "inputs.npz"), inputs)
        np.savez(os.path.join(directory, "outputs.npz"), np.asarray(model.predict(inputs)))
        np.savez(os.path.join(directory, "optimizer.npz"), **state_of(model.optimizer, model))
        x = rng.normal(0.0, 1.0, (6,) + shape).astype("float32")
        y = targets(rng, 6, arguments)
        model.train_on_batch(x, y)
        after = {"after/" + key: value for key, value in weights_of(model).items()}
        np.savez(os.path.join(directory, "step.npz"), x=x, y=y, **after)
        description = {
            "id": "optimizers/%s_%s" % (name, form),
            "files": {"model": file},
            "atol": 1e-4,
            "rtol": 1e-3,
            "expect": "ok",
            "keras": VERSION,
            "why": "Trained for three steps with %s: what it keeps for each weight." % model.optimizer.__class__.__name__,
        }
        with open(os.path.join(directory, "case.json"), "w") as out:
            json.dump(description, out, indent=2)
            out.write("\n")
    except BaseException:
        shutil.rmtree(directory)
        raise
    print(directory)


for name, forms, make, arguments, build in rows():
    for form in forms:
        if fnmatch.fnmatch(name, ARGUMENTS.only):
            write(name, form, make, arguments, build)
