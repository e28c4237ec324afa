"""Turns one row of a family's table into case directories.

A case directory is what the replaying side needs and nothing more: the model file, ``inputs.npz``, ``outputs.npz``
and ``case.json``. All weights are random (Keras's own start values are zeros and ones for biases, betas, gammas and
moving statistics, under which a forgotten bias or swapped gamma and beta would go unseen).
"""

import json
import shutil
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional, Sequence

import numpy as np

from generation import GENERATION, KERAS2, KERAS_VERSION, flatten, keras

BOTH = ("keras2", "keras3")

# Masks and arithmetic on tensors become operations in a Keras 3 graph; its .h5 files name them, its .h5 reader
# does not know them. A reader that goes by the file can run such models.
OPERATIONS_IN_H5 = {"keras3_h5": "Keras 3 writes operations into .h5 but cannot read them back."}


@dataclass(frozen=True)
class Case:
    """One row of a family's table.

    ``build`` makes the model. ``twin`` makes a channels_last model with the same weight list, for models that
    TensorFlow cannot run on a CPU because they are channels_first; its inputs and outputs are transposed.
    ``inputs`` makes the input arrays from a Generator and a batch size; without it they are normal floats.
    ``h5`` says whether Keras 3 also writes the model as ``.h5``; ``v3`` that tf.keras writes it as ``.keras``,
    because its ``.h5`` holds no learnt vocabulary, or for a change. ``no_reload`` names the forms
    ("keras2", "keras3", "keras3_h5") that Keras itself reads back wrongly or not at all, with the reason.
    ``prepare`` runs after the weights are random (compiling, fitting). ``rewrite`` changes the saved file, into what
    another machine or version would have written. ``any_output`` lets outputs be constant, large or not finite, for
    functions that give just that.
    """

    name: str
    why: str
    build: Callable
    twin: Optional[Callable] = None
    inputs: Optional[Callable] = None
    h5: bool = False
    generations: Sequence[str] = BOTH
    no_reload: Optional[dict] = None
    prepare: Optional[Callable] = None
    any_output: bool = False
    rewrite: Optional[Callable] = None
    expect: str = "ok"
    v3: bool = False
    atol: float = 1e-4
    rtol: float = 1e-3

    def forms(self):
        """The kinds of directory that the running generation writes for this case."""
        if GENERATION not in self.generations:
            return []
        if KERAS2:
            return ["keras2_v3"] if self.v3 else [GENERATION]
        return ["keras3", "keras3_h5"] if self.h5 else ["keras3"]


def model_file(form):
    return "model.keras" if form in ("keras3", "keras2_v3") else "model.h5"


def seed_of(text):
    """A seed from a name: stable between runs and machines, unlike Python's own hash."""
    return zlib.crc32(text.encode())


# ---------------------------------------------------------------------------------------------- weights


def random_weight(name, shape, rng):
    """A random value that keeps activations of order one, chosen by the weight's role."""
    if name == "moving_variance":
        return rng.uniform(0.5, 2.0, shape)
    if name == "gamma":
        return rng.uniform(0.6, 1.5, shape)
    if name == "alpha":
        return rng.uniform(0.05, 0.6, shape)
    if name == "embeddings":
        return rng.normal(0.0, 0.7, shape)
    if "kernel" in name:
        # One rule for all kernels: Keras 2 and 3 name a depthwise kernel differently, its values shall be the same.
        return rng.normal(0.0, 1.0 / np.sqrt(np.prod(shape[:-1])), shape)
    return rng.normal(0.0, 0.3, shape)


def role(weight):
    """The last part of a weight's name: ``dense/kernel:0`` and ``kernel`` are both a kernel."""
    return weight.name.split("/")[-1].split(":")[0]


def randomise(model, seed):
    """Gives every weight of the model, trainable or not, a seeded random value."""
    rng = np.random.default_rng(seed)
    for weight in model.weights:
        if not hasattr(weight, "assign") or None in tuple(weight.shape) or role(weight) == "idf_weights":
            continue  # vocabularies and what was learnt with them
        value = random_weight(role(weight), tuple(weight.shape), rng)
        weight.assign(np.asarray(value, dtype=str(np.dtype(getattr(weight.dtype, "name", weight.dtype)))))


# --------------------------------------------------------------------------------------------- running


def batch_for(model, seed):
    """A batch size from 2 to 5, different from the model's other dimensions where possible."""
    taken = {dim for tensor in model.inputs for dim in tensor.shape[1:]}
    free = [n for n in (2, 3, 4, 5) if n not in taken]
    return free[seed % len(free)] if free else 2


def default_inputs(model, rng, batch):
    """Normal floats for every input; a free time or space dimension becomes 6."""
    arrays = []
    for tensor in model.inputs:
        shape = [batch] + [6 if dim is None else dim for dim in tensor.shape[1:]]
        arrays.append(rng.normal(0.0, 1.0, shape).astype("float32"))
    return arrays


def structured(model, arrays):
    """The flat list of inputs in the shape that the model takes: one array, a list or a dict (sorted by key)."""
    structure = None if isinstance(model, keras.Sequential) else model.input
    if isinstance(structure, dict):
        return dict(zip(sorted(structure), arrays))
    return arrays[0] if len(arrays) == 1 else list(arrays)


def run(model, arrays):
    """The model's outputs at inference, flattened in Keras's own order."""
    outputs = model(structured(model, arrays), training=False)
    return [plain(output) for output in flatten(outputs)]


def plain(output):
    """A numpy array; of text it holds Unicode, as the inputs do."""
    array = np.asarray(output)
    if array.dtype.kind != "O":
        return array
    texts = [text.decode("utf-8") for text in array.flat]
    return np.array(texts, dtype=np.str_).reshape(array.shape)


def channels_last(array):
    return np.moveaxis(array, 1, -1) if array.ndim > 2 else array


def channels_first(array):
    return np.moveaxis(array, -1, 1) if array.ndim > 2 else array


def expected_outputs(case, model, arrays):
    """What Keras computes, through the channels_last twin where the model itself cannot run on a CPU."""
    if case.twin is None:
        return run(model, arrays)
    twin = case.twin()
    twin.set_weights(model.get_weights())
    return [channels_first(output) for output in run(twin, [channels_last(array) for array in arrays])]


# ---------------------------------------------------------------------------------------------- writing


def save_model(model, path):
    """Saves the whole model; Keras warns that .h5 is an old form, which is the point of those cases."""
    if KERAS2:
        model.save(path, save_format="keras" if path.endswith(".keras") else "h5")
    else:
        model.save(path)


def describe(case, family, form):
    """The content of case.json."""
    description = {
        "id": f"{family}/{case.name}_{form}",
        "files": {"model": model_file(form)},
        "atol": case.atol,
        "rtol": case.rtol,
        "expect": case.expect,
        "keras": KERAS_VERSION,
        "why": case.why,
    }
    if case.twin is not None:
        description[
            "why"
        ] += " Outputs come from the equal channels_last model (TensorFlow runs no channels_first on a CPU)."
        description["twin"] = "channels_last"
    if case.no_reload and form in case.no_reload:
        description["kerasReload"] = case.no_reload[form]
    return description


def write_directory(directory, case, family, form, model, inputs, outputs):
    """Writes one case directory beside its final place and moves it, so that no half case is ever left."""
    beside = directory.with_name(directory.name + ".part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    save_model(model, str(beside / model_file(form)))
    if case.rewrite is not None:
        case.rewrite(str(beside / model_file(form)))
    np.savez(beside / "inputs.npz", *inputs)
    if outputs is not None:
        np.savez(beside / "outputs.npz", *outputs)
    text = json.dumps(describe(case, family, form), indent=2) + "\n"
    (beside / "case.json").write_text(text, encoding="utf-8")
    if directory.exists():
        shutil.rmtree(directory)
    beside.rename(directory)


def reasonable(outputs):
    """Outputs must say something: finite, not all the same, of moderate size."""
    for output in outputs:
        if output.dtype.kind == "f" and not np.isfinite(output).all():
            raise ValueError("an output is not finite")
        if output.size > 1 and np.all(output == output.flat[0]):
            raise ValueError("an output is constant: it would hide mistakes")
        if output.dtype.kind == "f" and np.abs(output).max() > 200:
            raise ValueError(f"an output reaches {np.abs(output).max():.3g}: too large for the tolerance")


def write_case(case, family, root, overwrite=False):
    """Writes every form of one case that the running generation can; returns the new directories."""
    wanted = [form for form in case.forms() if overwrite or not target(root, family, case, form).exists()]
    if not wanted:
        return []
    keras.backend.clear_session()
    seed = seed_of(f"{family}/{case.name}")
    model = case.build()
    randomise(model, seed)
    if case.prepare is not None:
        keras.utils.set_random_seed(seed)
        case.prepare(model)
    rng = np.random.default_rng(seed + 1)
    batch = batch_for(model, seed)
    inputs = case.inputs(rng, batch) if case.inputs else default_inputs(model, rng, batch)
    outputs = None
    if case.expect != "refuse":
        outputs = expected_outputs(case, model, inputs)
        if not case.any_output:
            reasonable(outputs)
    written = []
    for form in wanted:
        directory = target(root, family, case, form)
        write_directory(directory, case, family, form, model, inputs, outputs)
        written.append(directory)
    return written


def target(root, family, case, form):
    return Path(root) / family / f"{case.name}_{form}"


# ---------------------------------------------------------------------------------------------- checking


def check_directory(directory, case):
    """Loads the stored model in the running Keras and replays it; returns None or what is wrong.

    A case that Keras cannot read back must fail here, or its ``no_reload`` remark is out of date.
    """
    description = json.loads((directory / "case.json").read_text(encoding="utf-8"))
    excuse = description.get("kerasReload")
    problem = replay(directory, description, case)
    if excuse:
        return None if problem else "Keras reads it after all: remove the no_reload remark"
    return problem


def replay(directory, description, case):
    """Runs the stored model on the stored inputs and compares with the stored outputs."""
    keras.backend.clear_session()
    if description["expect"] == "refuse":
        return None
    try:
        model = keras.models.load_model(str(directory / description["files"]["model"]), compile=False)
        got = expected_outputs(case, model, arrays_of(directory / "inputs.npz"))
    except Exception as error:  # any refusal of Keras is a finding, of whatever type
        return f"{type(error).__name__}: {str(error).strip().splitlines()[0][:200]}"
    return compare(got, arrays_of(directory / "outputs.npz"), description["atol"], description["rtol"])


def arrays_of(path):
    with np.load(path) as archive:
        return [archive[f"arr_{i}"] for i in range(len(archive.files))]


def compare(got, expected, atol, rtol):
    """None when all outputs agree by the rule |got - expected| <= atol + rtol * |expected|."""
    if len(got) != len(expected):
        return f"{len(got)} outputs, expected {len(expected)}"
    for index, (ours, theirs) in enumerate(zip(got, expected)):
        if ours.shape != theirs.shape:
            return f"output {index} has shape {ours.shape}, expected {theirs.shape}"
        if ours.dtype.kind == "U":
            if not np.array_equal(ours, theirs):
                return f"output {index} has other text"
        elif not np.allclose(ours, theirs, atol=atol, rtol=rtol, equal_nan=True):
            return f"output {index} differs by {np.abs(ours - theirs).max():.3g}"
    return None
