"""Writes HDF5 files of other programs beside it, as small as these would be, and damaged weights of Keras 0.x, with h5py 3.16."""
import h5py
import numpy as np

ONE = np.ones((2, 3), "f4")

with h5py.File("foreign_caffe.h5", "w") as f:  # as Solver::SnapshotSolverStateToHDF5 and ToHDF5 lay it out
    f["data/conv1/0"] = ONE
    f["data/conv1/1"] = ONE[0]
    f["data/pool1"] = h5py.Empty("f4")
with h5py.File("foreign_matlab.h5", "w", userblock_size=512) as f:
    f["weights"] = ONE
    f["weights"].attrs["MATLAB_class"] = np.bytes_("single")
with open("foreign_matlab.h5", "r+b") as raw:
    raw.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(124) + b"\x00\x02IM")
with h5py.File("foreign_netcdf.h5", "w") as f:
    f.attrs["_NCProperties"] = np.bytes_("version=2,netcdf=4.9.2,hdf5=1.14.0")
    f["temperature"] = ONE
with h5py.File("foreign_pytables.h5", "w") as f:
    f.attrs["CLASS"] = np.bytes_("GROUP")
    f.attrs["PYTABLES_FORMAT_VERSION"] = np.bytes_("2.1")
    f["df/axis0"] = ONE

# Weights as Keras 0.x counted them, damaged.
with h5py.File("keras0_missing.h5", "w") as f:
    f.attrs["nb_layers"] = 1
    f.create_group("layer_0").attrs["nb_params"] = 2
    f["layer_0/param_0"] = ONE
with h5py.File("keras0_uncounted.h5", "w") as f:
    f.attrs["nb_layers"] = 1
    f["layer_0/param_0"] = ONE
