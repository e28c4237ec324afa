package io.github.weighbridge.formats.hdf5;

/** A member of an HDF5 file. */
public sealed interface Hdf5Node permits Hdf5Group, Hdf5Dataset {

  /** Where it stands, from the root: {@code /model_weights/dense}. */
  String path();

  /** Its attributes. */
  Hdf5Attributes attributes();
}
