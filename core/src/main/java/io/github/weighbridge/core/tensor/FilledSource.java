package io.github.weighbridge.core.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One number everywhere. */
record FilledSource(DataType dtype, double value) implements WeightSource {

  @Override
  public void read(long start, ByteBuffer target) {
    int size = dtype.byteSize();
    ByteBuffer slice = target.slice().order(ByteOrder.LITTLE_ENDIAN);
    int count = slice.remaining() / size;
    for (int i = 0; i < count; i++) {
      Elements.putDouble(dtype, slice, i, value);
    }
    target.position(target.limit());
  }
}
