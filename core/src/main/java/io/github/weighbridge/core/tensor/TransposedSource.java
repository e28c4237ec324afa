package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A weight with its axes in another order.
 *
 * <p>A range of the result is cut into boxes; each box is the image of a box of the base, which
 * {@link TransposedBox} reads and turns.
 */
final class TransposedSource implements WeightSource {

  private final WeightRef base;
  private final AxisOrder order;
  private final long[] sizes;
  private final long[] baseStrides;
  private final long[] strides;

  /** Elements of {@code base} in an order that is not its own. */
  TransposedSource(WeightRef base, AxisOrder order) {
    this.base = base;
    this.order = order;
    this.baseStrides = AxisOrder.strides(order.sizes());
    this.sizes = order.resultSizes();
    this.strides = AxisOrder.strides(sizes);
  }

  @Override
  public void read(long start, ByteBuffer target) throws IOException {
    int size = base.dtype().byteSize();
    ByteBuffer out = target.slice().order(ByteOrder.LITTLE_ENDIAN);
    readRange(0, start, start + out.remaining() / size, out, start);
    target.position(target.limit());
  }

  /**
   * Reads result elements {@code from..to}, which share their coordinates before {@code axis}, by
   * cutting off the ragged ends until whole slices of that axis remain.
   */
  private void readRange(int axis, long from, long to, ByteBuffer out, long outStart)
      throws IOException {
    if (from >= to) {
      return;
    }
    long stride = strides[axis];
    long first = ceil(from, stride);
    long last = to - to % stride;
    if (axis + 1 < sizes.length && (first > last || first == to)) {
      readRange(axis + 1, from, to, out, outStart);
      return;
    }
    if (axis + 1 < sizes.length) {
      readRange(axis + 1, from, first, out, outStart);
    }
    if (first < last) {
      readBox(axis, first, (last - first) / stride, out, first - outStart);
    }
    if (axis + 1 < sizes.length) {
      readRange(axis + 1, last, to, out, outStart);
    }
  }

  private static long ceil(long value, long multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }

  /** Reads {@code extent} whole slices of {@code axis}, from result element {@code first} on. */
  private void readBox(int axis, long first, long extent, ByteBuffer out, long outAt)
      throws IOException {
    // The box in the axes of the base: where it begins, how far it goes.
    long begin = 0;
    long[] extents = new long[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      int baseAxis = order.perm()[i];
      begin += first / strides[i] % sizes[i] * baseStrides[baseAxis];
      extents[baseAxis] = i < axis ? 1 : i == axis ? extent : sizes[i];
    }
    new TransposedBox(base, order, extents, out).read(begin, outAt);
  }
}
