package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A weight with its axes in another order.
 *
 * <p>A range of the result is cut into boxes; each box is the image of a box of the base, which is
 * read in runs along the base's last axis (or in spans over several runs, where runs are short) and
 * then scattered in memory.
 */
final class TransposedSource implements WeightSource {

  /** Runs closer together than this are read in one span, in bytes. */
  private static final int SPAN_BYTES = 1 << 20;

  private final WeightRef base;
  private final int[] perm;
  private final long[] sizes;
  private final long[] baseStrides;
  private final long[] strides;

  TransposedSource(WeightRef base, int[] perm) {
    this.base = base;
    this.perm = perm;
    long[] baseSizes = base.sizes();
    this.baseStrides = rowMajor(baseSizes);
    this.sizes = new long[perm.length];
    for (int i = 0; i < perm.length; i++) {
      sizes[i] = baseSizes[perm[i]];
    }
    this.strides = rowMajor(sizes);
  }

  private static long[] rowMajor(long[] sizes) {
    long[] strides = new long[sizes.length];
    long stride = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= sizes[i];
    }
    return strides;
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
      readBox(axis, first, (last - first) / stride, out, (int) (first - outStart));
    }
    if (axis + 1 < sizes.length) {
      readRange(axis + 1, last, to, out, outStart);
    }
  }

  private static long ceil(long value, long multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }

  /** Reads {@code extent} whole slices of {@code axis}, from result element {@code first} on. */
  private void readBox(int axis, long first, long extent, ByteBuffer out, int outAt)
      throws IOException {
    int rank = sizes.length;
    // The box in the axes of the base: where it begins, how far it goes, where a step leads to.
    long begin = 0;
    long[] extents = new long[rank];
    long[] outSteps = new long[rank];
    for (int i = 0; i < rank; i++) {
      long coordinate = first / strides[i] % sizes[i];
      begin += coordinate * baseStrides[perm[i]];
      extents[perm[i]] = i < axis ? 1 : i == axis ? extent : sizes[i];
      outSteps[perm[i]] = strides[i];
    }
    // Axes that the box takes whole and that stand together in the base make one run.
    int runAxis = rank - 1;
    while (runAxis > 0 && extents[runAxis] * baseStrides[runAxis] == baseStrides[runAxis - 1]) {
      runAxis--;
    }
    new BoxReader(begin, extents, outSteps, runAxis, out).readAxis(0, begin, outAt);
  }

  /** Walks the outer axes of one box and copies its runs. */
  private final class BoxReader {
    private final long[] extents;
    private final long[] outSteps;
    private final int runAxis;
    private final ByteBuffer out;
    private final int elementSize = base.dtype().byteSize();
    private final long run;
    private final ByteBuffer span;
    private long spanStart = 0;
    private long spanEnd = 0;
    private final long lastElement;

    BoxReader(long begin, long[] extents, long[] outSteps, int runAxis, ByteBuffer out) {
      this.extents = extents;
      this.outSteps = outSteps;
      this.runAxis = runAxis;
      this.out = out;
      this.run = extents[runAxis] * baseStrides[runAxis];
      long last = begin;
      for (int i = 0; i < extents.length; i++) {
        last += (extents[i] - 1) * baseStrides[i];
      }
      this.lastElement = last;
      long wanted =
          Math.min((last - begin + 1) * elementSize, Math.max(run * elementSize, SPAN_BYTES));
      this.span = ByteBuffer.allocate(Math.toIntExact(wanted)).order(ByteOrder.LITTLE_ENDIAN);
    }

    void readAxis(int axis, long from, long outAt) throws IOException {
      if (axis == runAxis) {
        copyRun(axis, from, outAt);
        return;
      }
      for (long i = 0; i < extents[axis]; i++) {
        readAxis(axis + 1, from + i * baseStrides[axis], outAt + i * outSteps[axis]);
      }
    }

    private void copyRun(int axis, long from, long outAt) throws IOException {
      if (from < spanStart || from + run > spanEnd) {
        fill(from);
      }
      scatter(axis, (int) (from - spanStart), outAt);
    }

    /** Reads a run, and with it those that follow closely. */
    private void fill(long from) throws IOException {
      long gap = runAxis == 0 ? run : baseStrides[runAxis - 1];
      boolean dense = gap <= run * 64 && run * elementSize < 4096;
      long count = dense ? span.capacity() / elementSize : run;
      count = Math.max(run, Math.min(count, lastElement + 1 - from));
      span.clear().limit((int) count * elementSize);
      base.read(from, span);
      spanStart = from;
      spanEnd = from + count;
    }

    private void scatter(int axis, int at, long outAt) {
      if (axis == extents.length - 1) {
        copyLine(at, outAt, (int) extents[axis], (int) outSteps[axis]);
        return;
      }
      for (long i = 0; i < extents[axis]; i++) {
        scatter(axis + 1, at + (int) (i * baseStrides[axis]), outAt + i * outSteps[axis]);
      }
    }

    private void copyLine(int at, long outAt, int count, int step) {
      if (elementSize == 4) {
        for (int i = 0; i < count; i++) {
          out.putInt((int) (outAt + (long) i * step) * 4, span.getInt((at + i) * 4));
        }
        return;
      }
      for (int i = 0; i < count; i++) {
        int target = (int) (outAt + (long) i * step) * elementSize;
        out.put(target, span, (at + i) * elementSize, elementSize);
      }
    }
  }
}
