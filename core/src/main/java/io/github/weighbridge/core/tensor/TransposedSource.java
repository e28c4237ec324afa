package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A weight with its axes in another order.
 *
 * <p>A range of the result is cut into boxes; each box is the image of a box of the base. Where the
 * last axis stays the last and is long, its runs are read to where they belong; else {@link
 * TransposedBox} reads the box and turns it.
 */
final class TransposedSource implements WeightSource {

  /** Runs of the base from so many bytes on are read one by one to where they belong. */
  private static final int LONG_RUN = 2048;

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

  @Override
  public List<WeightPart> parts(long count, int elementSize, int tileBytes) {
    return TransposedBand.of(base, order, tileBytes)
        .orElseGet(() -> WeightRange.of(this, count, elementSize, tileBytes, tileBytes));
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
    int last = sizes.length - 1;
    long runBytes = extents[last] * base.dtype().byteSize();
    if (order.perm()[last] == last && runBytes >= LONG_RUN) {
      readRuns(0, begin, extents, out.position((int) outAt * base.dtype().byteSize()));
      out.clear();
    } else {
      TransposedBox.reading(base, order, extents, out).read(begin, outAt);
    }
  }

  /** Reads the runs of a box in the order of the result, where they follow each other. */
  private void readRuns(int axis, long begin, long[] extents, ByteBuffer out) throws IOException {
    int baseAxis = order.perm()[axis];
    if (axis == sizes.length - 1) {
      int end = out.position() + (int) extents[baseAxis] * base.dtype().byteSize();
      base.read(begin, out.limit(end));
      return;
    }
    for (long i = 0; i < extents[baseAxis]; i++) {
      readRuns(axis + 1, begin + i * baseStrides[baseAxis], extents, out);
    }
  }
}
