package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.tensor.WeightFile;
import io.github.weighbridge.core.tensor.WeightSource;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Big-endian elements of a file, turned while they are read. */
final class SwappedSource implements WeightSource {

  private final WeightFile file;
  private final long position;
  private final int elementSize;
  private final int unit;

  SwappedSource(WeightFile file, long position, ElementType type) {
    this.file = file;
    this.position = position;
    this.elementSize = type.dtype().byteSize();
    this.unit = type.swapUnit();
  }

  @Override
  public void read(long start, ByteBuffer target) throws IOException {
    if (start == 0) {
      file.requireUnchanged();
    }
    file.requireWhole();
    int from = target.position();
    file.read(position + start * elementSize, target);
    swap(target, from, target.position(), unit);
  }

  /** Turns the bytes of each unit between two positions of a buffer. */
  static void swap(ByteBuffer bytes, int from, int to, int unit) {
    for (int at = from; at < to; at += unit) {
      for (int low = at, high = at + unit - 1; low < high; low++, high--) {
        byte kept = bytes.get(low);
        bytes.put(low, bytes.get(high));
        bytes.put(high, kept);
      }
    }
  }
}
