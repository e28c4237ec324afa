"""Loads files that Weighbridge wrote in the Keras that runs this, and compares what they predict with what was recorded.

    bin/weighbridge verify testdata --through keras --keep written
    python testdata/scripts/check_written.py written/keras

Below the folder stand case directories' paths with a model in each. Prints what fails; the exit code is 1 if anything
did. Differences are measured by the tolerance of the case, at least 1e-5.
"""

import argparse
import json
import os
import pathlib
import re
import sys
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import numpy as np

import keras


def tensors(path):
    with np.load(path) as arrays:
        return [arrays["arr_{}".format(i)] for i in range(len(arrays.files))]


def flattened(value):
    if isinstance(value, dict):
        return [t for key in sorted(value) for t in flattened(value[key])]
    if isinstance(value, (list, tuple)):
        return [t for each in value for t in flattened(each)]
    return [np.asarray(value)]


def structured(model, arrays):
    """The inputs in the model's own order."""
    import tensorflow as tf

    given = [tf.constant(a.astype(object)) if a.dtype.kind == "U" else tf.constant(a) for a in arrays]
    inputs = model.inputs
    cast = []
    for tensor, wanted in zip(given, inputs):
        dtype = tf.as_dtype(wanted.dtype) if wanted.dtype else tensor.dtype
        cast.append(tensor if tensor.dtype == tf.string else tf.cast(tensor, dtype))
    structure = getattr(model, "_inputs_struct", None)
    if structure is None:
        structure = getattr(model, "_nested_inputs", None)
    if isinstance(structure, (dict, list, tuple)) and len(inputs) >= 1 and structure is not None:
        try:
            return tf.nest.pack_sequence_as(structure, cast)
        except (ValueError, TypeError):
            pass
    return cast[0] if len(cast) == 1 else cast


def worst(got, expected, atol, rtol):
    if got.shape != expected.shape:
        return "shape {} for {}".format(got.shape, expected.shape)
    if expected.dtype.kind in "US":
        texts = np.array([t.decode() if isinstance(t, bytes) else t for t in got.ravel()])
        return "" if (texts == expected.ravel()).all() else "other texts"
    got = got.astype(np.float64)
    expected = expected.astype(np.float64)
    same = np.isclose(got, expected, rtol=rtol, atol=atol, equal_nan=True)
    return "" if same.all() else "{} of {} differ, by up to {}".format(
        (~same).sum(), same.size, np.nanmax(np.abs(got - expected)))


def check(folder, case):
    model_file = next(f for f in folder.iterdir() if f.name.startswith("model."))
    description = json.loads((case / "case.json").read_text())
    # Keras 2.15 does not find this layer of its own by name.
    spectral = {"SpectralNormalization": keras.layers.SpectralNormalization}
    model = keras.models.load_model(str(model_file), compile=False, custom_objects=spectral)
    outputs = flattened(model(structured(model, tensors(case / "inputs.npz")), training=False))
    expected = tensors(case / "outputs.npz")
    atol = max(1e-5, description.get("atol", 1e-5))
    rtol = max(1e-5, description.get("rtol", 1e-5))
    if len(outputs) != len(expected):
        return "{} outputs for {}".format(len(outputs), len(expected))
    reason = "; ".join(filter(None, (worst(g, e, atol, rtol) for g, e in zip(outputs, expected))))
    return "TensorFlow only supports NHWC here: " + reason if reason and is_computed_otherwise(model) else reason


def is_computed_otherwise(model):
    """Whether TensorFlow gives other numbers on a CPU than with channels last, as for Keras's own file of the kind."""
    return any(
        type(layer).__name__ in ("Conv3D", "DepthwiseConv2D") and layer.data_format == "channels_first"
        for layer in model._flatten_layers()
    )


# What Keras 3.15 cannot load from files of its own either; and layers of users, whose classes this script has not.
NOT_OF_KERAS_3 = re.compile(
    r"/custom/|random_shear_|convolutions_transposed_|pools_adaptive_|shared_across_levels_")


def is_of_keras(case, reason):
    """Whether it is TensorFlow that computes nothing of the kind on a CPU, or Keras itself, in whatever file."""
    cpu = ("only supports NHWC", "only supports NDHWC", "supports the NHWC", "for NHWC", "dilation rates larger than 1",
           "only supports equal length strides")
    own = not keras.__version__.startswith("2.") and NOT_OF_KERAS_3.search(str(case))
    return bool(reason) and (bool(own) or any(words in reason for words in cpu))


def main(root, only, every):
    passed, failed, not_computed = 0, 0, 0
    for folder in sorted({f.parent for f in root.rglob("model.*")}):
        # By the path and not by number, so that a new case changes no other's turn.
        turn = zlib.crc32(str(folder.relative_to(root)).encode()) % every == 0
        if not turn or only not in str(folder):
            continue
        case = pathlib.Path(*folder.relative_to(root).parts)
        if not (case / "outputs.npz").exists():
            continue
        keras.backend.clear_session()
        try:
            reason = check(folder, case)
        except Exception as e:  # whatever Keras raises is the finding
            reason = "{}: {}".format(type(e).__name__, str(e).strip().replace("\n", " ")[:300])
        if is_of_keras(case, reason):
            not_computed += 1
        elif reason:
            failed += 1
            print("{}: {}".format(case, reason), flush=True)
        else:
            passed += 1
    print("passed {}, failed {}, not computed by Keras {}".format(passed, failed, not_computed))
    return failed or not passed


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("root", type=pathlib.Path)
    arguments.add_argument("only", nargs="?", default="", help="what paths of cases must contain")
    arguments.add_argument("--every", type=int, default=1, help="take every so many of them")
    given = arguments.parse_args()
    sys.exit(1 if main(given.root, given.only, given.every) else 0)
