"""The Keras of the running environment, under one set of names.

Every table in ``families`` is written once against ``keras`` and ``layers``; where the two generations differ, the
table asks ``KERAS2``. One process only ever sees one generation, because both call their package ``keras``.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # the plain kernels: same sums on every processor
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

try:
    import keras  # noqa: E402  (the variables above must be set first)
except ModuleNotFoundError:  # up to TensorFlow 2.5 it is a part of it
    from tensorflow import keras

PINS = {"keras2": "2.15.0", "keras2_4": "2.4.0", "keras3": "3.15.1"}

KERAS_VERSION = keras.__version__
KERAS2 = KERAS_VERSION.startswith("2.")
GENERATION = "keras2_4" if KERAS_VERSION.startswith("2.4.") else "keras2" if KERAS2 else "keras3"

if KERAS2:
    # The public face of the 2.x line; the bare package leaves out a few names.
    from tensorflow import keras, nest  # noqa: F811

    flatten = nest.flatten
else:
    flatten = keras.tree.flatten

layers = keras.layers


def require(environment):
    """Stops when the running Keras is not the pinned one: a case must say truthfully who wrote it."""
    if KERAS_VERSION != PINS[environment]:
        raise SystemExit(
            f"environment {environment} needs Keras {PINS[environment]}, running is {KERAS_VERSION}; "
            f"install requirements-{environment}.txt"
        )
