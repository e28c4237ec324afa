package io.github.weighbridge.formats.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Dataspace messages of version 1 as they are written: a shape that cannot grow. */
final class DataspaceMessage {

  private DataspaceMessage() {}

  /** Of an array of these sizes; of none, a scalar. */
  static ByteBuffer of(long... sizes) {
    ByteBuffer message =
        ByteBuffer.allocate(8 + sizes.length * 8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 1)
            .put((byte) sizes.length)
            .position(8);
    for (long size : sizes) {
      message.putLong(size);
    }
    return message.flip();
  }
}
