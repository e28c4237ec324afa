package io.github.weighbridge.formats.hdf5;

import io.jhdf.Constants;
import java.nio.ByteBuffer;

/**
 * Where many links or many attributes stand: a fractal heap of messages and a B-tree of their
 * names.
 *
 * @param heapAddress undefined if they stand in the object header
 * @param indexAddress of the B-tree by name
 */
record DenseIndex(long heapAddress, long indexAddress) {

  private static final int TRACKED = 1;

  /** From a link info message: version, flags, the highest creation index (8) if tracked. */
  static DenseIndex ofLinks(MetadataStorage storage, ByteBuffer message) {
    return of(storage, message, 8);
  }

  /** From an attribute info message: version, flags, the highest creation index (2) if tracked. */
  static DenseIndex ofAttributes(MetadataStorage storage, ByteBuffer message) {
    return of(storage, message, 2);
  }

  private static DenseIndex of(MetadataStorage storage, ByteBuffer message, int indexBytes) {
    int at = 2 + ((message.get(1) & TRACKED) != 0 ? indexBytes : 0);
    return new DenseIndex(
        storage.address(message, at), storage.address(message, at + storage.getSizeOfOffsets()));
  }

  /** Whether anything stands there. */
  boolean isUsed() {
    return heapAddress != Constants.UNDEFINED_ADDRESS;
  }
}
