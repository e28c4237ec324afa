package io.github.weighbridge.formats.dl4j;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightFile;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.tensor.WeightSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Elements of a file that stand there with the high byte first. */
final class BigEndianSource implements WeightSource {

  private final WeightFile file;
  private final long position;
  private final int elementSize;

  /** Those from a position on. */
  BigEndianSource(WeightFile file, long position, DataType dtype) {
    this.file = file;
    this.position = position;
    this.elementSize = dtype.byteSize();
  }

  @Override
  public void read(long start, ByteBuffer target) throws IOException {
    if (target.remaining() >= WeightRef.TILE_BYTES || start == 0) {
      file.requireUnchanged();
    }
    file.requireWhole();
    ByteBuffer own = target.slice();
    file.read(position + start * elementSize, target);
    swap(own.order(ByteOrder.BIG_ENDIAN), own.duplicate().order(ByteOrder.LITTLE_ENDIAN));
  }

  /** From one order of bytes to the other, within the same bytes. */
  private void swap(ByteBuffer from, ByteBuffer to) {
    switch (elementSize) {
      case 2 -> to.asShortBuffer().put(from.asShortBuffer());
      case 4 -> to.asIntBuffer().put(from.asIntBuffer());
      default -> to.asLongBuffer().put(from.asLongBuffer());
    }
  }
}
