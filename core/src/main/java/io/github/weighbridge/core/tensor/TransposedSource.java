package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A weight with its axes in another order.
 *
 * <p>A range of the result is cut into boxes; each box is the image of a box of the base, which is
 * read in spans over as many of its lines as fit, which are then scattered in memory.
 */
final class TransposedSource implements WeightSource {

  /** How much of the base is read at once, in bytes, where lines are shorter. */
  private static final int SPAN_BYTES = 1 << 20;

  /** Elements of a line that are scattered before the next line is looked at: one cache line. */
  private static final int BLOCK = 16;

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
    new BoxReader(extents, outSteps, out).walk(0, begin, outAt);
  }

  /**
   * Reads one box: spans of the base that hold many lines, each scattered in blocks of its last
   * axis, so that the places that are written lie in few pages at a time.
   */
  private final class BoxReader {
    private final long[] extents;
    private final long[] outSteps;
    private final ByteBuffer out;
    private final int elementSize = base.dtype().byteSize();

    /** The axis of which a span holds several indices, and all that lies within them. */
    private final int spanAxis;

    private final long indicesPerSpan;

    /** From the first to after the last element of one index of that axis. */
    private final long reach;

    private final ByteBuffer span;

    BoxReader(long[] extents, long[] outSteps, ByteBuffer out) {
      this.extents = extents;
      this.outSteps = outSteps;
      this.out = out;
      int axis = extents.length - 1;
      long reached = 1;
      long taken = 1;
      while (axis > 0 && isDense(axis, taken) && spanned(axis, reached) <= SPAN_BYTES) {
        reached += (extents[axis] - 1) * baseStrides[axis];
        taken *= extents[axis];
        axis--;
      }
      this.spanAxis = axis;
      this.reach = reached;
      long fitting = (SPAN_BYTES / elementSize - reached) / baseStrides[axis] + 1;
      this.indicesPerSpan =
          isDense(axis, taken) ? Math.max(1, Math.min(fitting, extents[axis])) : 1;
      long elements = (indicesPerSpan - 1) * baseStrides[axis] + reached;
      this.span =
          ByteBuffer.allocate(Math.toIntExact(elements * elementSize))
              .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Bytes from the first to after the last element of a whole axis. */
    private long spanned(int axis, long reached) {
      return ((extents[axis] - 1) * baseStrides[axis] + reached) * elementSize;
    }

    /** Whether the gaps between the indices of an axis are small enough to be read as well. */
    private boolean isDense(int axis, long taken) {
      long gap = baseStrides[axis];
      return gap <= taken || (gap <= taken * 64 && taken * elementSize < 4096);
    }

    void walk(int axis, long from, long outAt) throws IOException {
      if (axis < spanAxis) {
        for (long i = 0; i < extents[axis]; i++) {
          walk(axis + 1, from + i * baseStrides[axis], outAt + i * outSteps[axis]);
        }
        return;
      }
      for (long i = 0; i < extents[axis]; i += indicesPerSpan) {
        long count = Math.min(indicesPerSpan, extents[axis] - i);
        long elements = (count - 1) * baseStrides[axis] + reach;
        span.clear().limit((int) elements * elementSize);
        base.read(from + i * baseStrides[axis], span);
        scatterBlocks(count, outAt + i * outSteps[axis]);
      }
    }

    private void scatterBlocks(long count, long outAt) {
      int last = extents.length - 1;
      int line = (int) (spanAxis == last ? count : extents[last]);
      int block = outSteps[last] == 1 || spanAxis == last ? line : BLOCK;
      for (int i = 0; i < line; i += block) {
        int width = Math.min(block, line - i);
        scatter(spanAxis, count, i, outAt + i * outSteps[last], width);
      }
    }

    private void scatter(int axis, long count, int at, long outAt, int width) {
      if (axis == extents.length - 1) {
        copyLine(at, outAt, width, outSteps[axis]);
        return;
      }
      for (long i = 0; i < count; i++) {
        int inner = at + (int) (i * baseStrides[axis]);
        scatter(axis + 1, extents[axis + 1], inner, outAt + i * outSteps[axis], width);
      }
    }

    private void copyLine(int at, long outAt, int count, long step) {
      if (step == 1) {
        out.put((int) outAt * elementSize, span, at * elementSize, count * elementSize);
      } else if (elementSize == 4) {
        for (int i = 0; i < count; i++) {
          out.putInt((int) (outAt + i * step) * 4, span.getInt((at + i) * 4));
        }
      } else {
        for (int i = 0; i < count; i++) {
          int target = (int) (outAt + i * step) * elementSize;
          out.put(target, span, (at + i) * elementSize, elementSize);
        }
      }
    }
  }
}
