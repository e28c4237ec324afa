"""Goes on training files that Weighbridge wrote, in the Keras that runs this: one step gives the weights that it gave
the Keras that wrote the case.

    bin/weighbridge verify testdata/optimizers --through keras --keep written
    python testdata/scripts/check_training.py written/keras PATTERN...

Cases of DL4J have next.zip in the place of step.npz; of those, next.keras or next.h5 must stand beside what is checked.

Patterns name the cases, behind an exclamation mark those that are left out. Prints what differs; the exit code is 1 if
anything did.

What cannot be the same: Nadam of tf.keras 2.15, which multiplies its product once for every weight in a graph;
LossScaleOptimizer in .h5 files of 2.15, which does not read the state of its own files back; what 2.15 has no optimizer
for (Lamb, Muon, ScheduleFreeAdamW, accumulated gradients), what it has no layer for (RMSNormalization), and Lamb in .h5 files of Keras 3.15, which cannot load it.
AdaGrad, RmsProp and Nadam of DL4J in Keras 3, of which the first two are the legacy ones of 2.15, and the last is
Keras's in no version. The writer tells each of them.
"""

import fnmatch
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

import keras

LIMIT = 2e-6


def layers(model):
    for layer in model.layers:
        if hasattr(layer, "layers"):
            yield from layers(layer)
        else:
            yield layer


def prepared(model, file):
    """Keras 3 builds the optimizer of an .h5 on no weights, that of its own files too: done here in its place."""
    if not keras.__version__.startswith("3.") or file.suffix != ".h5":
        return
    import h5py

    optimizer = type(model.optimizer).from_config(model.optimizer.get_config())
    optimizer.build(model.trainable_variables)
    with h5py.File(file) as stored:
        group = stored["optimizer_weights"]
        names = [n.decode() if isinstance(n, bytes) else n for n in group.attrs["weight_names"]]
        values = [group[name][()] for name in names]
    if len(values) != len(optimizer.variables):
        raise ValueError("{} variables for {}".format(len(values), len(optimizer.variables)))
    for variable, value in zip(optimizer.variables, values):
        variable.assign(value)
    weights = model.get_compile_config().get("loss_weights")
    model.compile(optimizer=optimizer, loss=model.loss, loss_weights=weights)


def weight_name(layer, weight):
    """Without the layer's own name; weights of layers within have these before theirs."""
    parts = getattr(weight, "path", weight.name).split(":")[0].split("/")
    within = isinstance(layer, keras.layers.MultiHeadAttention)
    return "_".join(parts[-2:]).replace("attention_output", "output") if within else parts[-1]


def check_next(file, case):
    """A network that DL4J trained: next.zip of the case is one more step, and was converted as well."""
    model, expected = (keras.models.load_model(str(f)) for f in (file, file.with_name("next" + file.suffix)))
    if getattr(model, "optimizer", None) is None:
        return "not compiled"
    (x,), (y,) = (np.load(case / name).values() for name in ("inputs.npz", "labels.npz"))
    model.train_on_batch(x, y)
    pairs = zip(model.trainable_weights, expected.trainable_weights)
    worst = max(float(np.abs(np.asarray(a) - np.asarray(b)).max()) for a, b in pairs)
    return "" if worst < LIMIT else "a weight differs by {}".format(worst)


def check(file, case):
    if not (case / "step.npz").exists():
        return check_next(file, case)
    model = keras.models.load_model(str(file))
    if getattr(model, "optimizer", None) is None:
        return "not compiled"
    prepared(model, file)
    step = np.load(case / "step.npz")
    expected = {key: step[key] for key in step.files if key.startswith("after/")}
    several = [step[key] for key in sorted(step.files) if key.startswith("y/")]
    model.train_on_batch(step["x"], several or step["y"])
    worst, seen = 0.0, 0
    for layer in layers(model):
        for weight in layer.trainable_weights:
            key = "after/{}/{}".format(layer.name, weight_name(layer, weight))
            if key in expected:
                worst = max(worst, float(np.abs(np.asarray(weight) - expected[key]).max()))
                seen += 1
    if seen != len(expected):
        return "{} weights of {}".format(seen, len(expected))
    return "" if worst < LIMIT else "a weight differs by {}".format(worst)


def chosen(name, patterns):
    left_out = any(fnmatch.fnmatch(name, pattern[1:]) for pattern in patterns if pattern.startswith("!"))
    return not left_out and any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


def main(root, patterns):
    passed, failed = 0, 0
    for file in sorted(root.rglob("model.*")):
        case = pathlib.Path(*file.parent.relative_to(root).parts)
        if not any((case / name).exists() for name in ("step.npz", "next.zip")) or not chosen(case.name, patterns):
            continue
        keras.backend.clear_session()
        try:
            reason = check(file, case)
        except Exception as e:  # whatever Keras raises is the finding
            reason = "{}: {}".format(type(e).__name__, str(e).strip().replace("\n", " ")[:300])
        if reason:
            failed += 1
            print("{}: {}".format(case, reason), flush=True)
        else:
            passed += 1
    print("passed {}, failed {}".format(passed, failed))
    return failed or not passed


if __name__ == "__main__":
    sys.exit(1 if main(pathlib.Path(sys.argv[1]), sys.argv[2:]) else 0)
