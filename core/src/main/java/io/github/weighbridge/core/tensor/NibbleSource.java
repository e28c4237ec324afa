package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Numbers of 4 bits, each as a byte, out of bytes that hold two neighbours along an axis: the first
 * in the lower half. Those of int8 have a sign.
 */
final class NibbleSource implements WeightSource {

  private final WeightRef packed;
  private final boolean signed;
  private final long count;
  private final long packedSize;
  private final long inner;

  NibbleSource(WeightRef packed, int axis, long count) {
    this.packed = packed;
    this.signed = packed.dtype() == DataType.INT8;
    this.count = count;
    Shape shape = packed.type().shape();
    this.packedSize = shape.dim(axis).size();
    this.inner = shape.slice(axis + 1, shape.rank()).elementCount();
  }

  /** Reads runs that lie in one slice of the axes before the packed one. */
  @Override
  public void read(long start, ByteBuffer target) throws IOException {
    long at = start;
    while (target.hasRemaining()) {
      long slice = count * inner;
      long within = at % slice;
      int run = (int) Math.min(slice - within, target.remaining());
      run(at / slice, within, run, target);
      at += run;
    }
  }

  private void run(long outer, long within, int run, ByteBuffer target) throws IOException {
    long first = place(within) / 2 * inner;
    long end = (place(within + run - 1) / 2 + 1) * inner;
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(end - first));
    packed.read(outer * packedSize * inner + first, bytes);
    for (int i = 0; i < run; i++) {
      long element = within + i;
      long place = place(element);
      long of = place / 2 * inner + element % inner - first;
      target.put(number(bytes.get(Math.toIntExact(of)), place % 2 == 1));
    }
  }

  /** Where along the axis an element of a slice stands. */
  private long place(long element) {
    return element / inner;
  }

  private byte number(byte both, boolean upper) {
    int bits = (upper ? both >> 4 : both) & 0xf;
    return (byte) (signed ? (bits ^ 8) - 8 : bits);
  }
}
