package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.tensor.WeightFile;

/**
 * The bytes of a file that are an HDF5 file: all of it, or an entry stored inside a zip.
 *
 * @param file the open file
 * @param position where the HDF5 bytes begin
 * @param length how many there are
 */
record ByteWindow(WeightFile file, long position, long length) {

  ByteWindow {
    if (position < 0 || length < 0 || length > file.size() - position) {
      throw new IllegalArgumentException(
          length + " bytes at " + position + " are not within the " + file.size() + " of " + file);
    }
  }

  /** Whether {@code count} bytes from {@code from} on are within the window; no overflow. */
  boolean contains(long from, long count) {
    return from >= 0 && count >= 0 && from <= length && count <= length - from;
  }
}
