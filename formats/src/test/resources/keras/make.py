"""Makes the files here that Keras did not write, with h5py: damaged ones and a very long one."""
import shutil

import h5py
import numpy as np

shutil.copy("tfkeras_functional.h5", "tfkeras_missing.h5")
with h5py.File("tfkeras_missing.h5", "a") as f:
    del f["model_weights/dense_2/dense_2/bias:0"]
    del f["model_weights/inner"]
    del f["optimizer_weights/Adam/dense/bias/v:0"]

with h5py.File("keras3_missing.weights.h5", "w") as f:
    f["layers/dense/vars/1"] = np.zeros(3, "f4")

# 2,100 layers as Keras 1 named them: more names than fit an attribute, so they are split.
with h5py.File("legacy_names.h5", "w", libver=("v110", "v114")) as f:
    names = ["scope/größe"] + ["layer_with_a_long_name_%04d" % i for i in range(2099)]
    for i, part in enumerate(np.array_split(np.array([n.encode() for n in names]), 2)):
        f.attrs["layer_names%d" % i] = part
    empty = f.create_group(names[1])
    empty.attrs["weight_names"] = []
    for name in names[2:]:
        f[name] = empty
    g = f.create_group(names[0])
    g.attrs["weight_names"] = np.array(["größe_W".encode()])
    g["größe_W"] = np.array([1, 2], "f4")
