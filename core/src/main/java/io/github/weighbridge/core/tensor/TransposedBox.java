package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * One box of a weight, read and turned in chunks that fit a processor's cache.
 *
 * <p>The result is written in rows: runs of its fastest axes. A chunk holds as much of these as
 * fits, and the base's last axis, so that reading takes long runs of the base and writing long runs
 * of the result.
 */
final class TransposedBox {

  /** A chunk in bytes: well within the second cache. */
  private static final int CHUNK_BYTES = 512 << 10;

  /** Gaps up to this many bytes are read as well: cheaper than another call. */
  private static final int SMALL_GAP = 4096;

  /**
   * So many rows at least are gathered at once: a cache line's worth of the base's last axis, so
   * that each of its lines is fetched once.
   */
  private static final int ROWS = 16;

  /** Short rows are gathered together up to so many elements. */
  private static final int ROW_ELEMENTS = 4096;

  /** What is read; none if the base is held in {@link #bytes}. */
  private final Optional<WeightRef> base;

  private final int size;
  private final long[] baseStrides;
  private final long[] outSteps;

  /** The whole box, by axis of the base, and what a chunk takes of it. */
  private final long[] extents;

  private final long[] chunk;

  private final int last;

  /** The axes of a row, the fastest first, and the axis along which rows are written in turn. */
  private final int[] rowAxes;

  private final int nextAxis;

  private final ByteBuffer bytes;
  private final ElementRows rows;

  /** What the chunk at hand holds of each axis, its strides, and where a row's elements stand. */
  private long[] counts = new long[0];

  private long[] strides = new long[0];
  private int[] rowOffsets = new int[0];

  /**
   * Boxes of a base that is read chunk by chunk.
   *
   * @param extents of the box, by axis of the base
   * @param out the whole result, or the part of it that the boxes are read to
   */
  static TransposedBox reading(WeightRef base, AxisOrder order, long[] extents, ByteBuffer out) {
    int size = base.dtype().byteSize();
    long span = 1;
    long[] strides = AxisOrder.strides(order.sizes());
    for (int i = 0; i < extents.length; i++) {
      span += (extents[i] - 1) * strides[i];
    }
    ByteBuffer bytes =
        ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, span * size))
            .order(ByteOrder.LITTLE_ENDIAN);
    return new TransposedBox(Optional.of(base), size, bytes, order, extents, out);
  }

  /** Boxes of a base that is in memory, see {@link #reading}. */
  static TransposedBox holding(
      ByteBuffer base, int size, AxisOrder order, long[] extents, ByteBuffer out) {
    return new TransposedBox(Optional.empty(), size, base, order, extents, out);
  }

  private TransposedBox(
      Optional<WeightRef> base,
      int size,
      ByteBuffer bytes,
      AxisOrder order,
      long[] extents,
      ByteBuffer out) {
    this.base = base;
    this.size = size;
    this.bytes = bytes;
    this.baseStrides = AxisOrder.strides(order.sizes());
    this.extents = extents;
    this.last = extents.length - 1;
    int[] perm = order.perm();
    long[] steps = AxisOrder.strides(order.resultSizes());
    this.outSteps = new long[extents.length];
    int fast = 0;
    for (int i = last; i >= 0; i--) {
      outSteps[perm[i]] = steps[i];
      if (perm[i] == last) {
        fast = last - i;
      }
    }
    this.rowAxes = new int[Math.max(1, fast)];
    Arrays.setAll(rowAxes, i -> perm[last - i]);
    this.nextAxis = perm[last - rowAxes.length];
    this.chunk = chunk();
    long taken = Arrays.stream(chunk).reduce(1, (a, b) -> a * b);
    long row = Arrays.stream(rowAxes).mapToLong(axis -> chunk[axis]).reduce(1, (a, b) -> a * b);
    long together = Math.min(chunk[nextAxis], Math.max(ROWS, ROW_ELEMENTS / row));
    // The last chunks have shorter rows, and as many more of them as fit.
    int rowCapacity = (int) Math.max(ROW_ELEMENTS, row * together);
    this.rows = ElementRows.of(size, bytes, out, (int) taken, rowCapacity);
  }

  /** As much of the row's axes as fits beside the last axis, then of the others. */
  private long[] chunk() {
    long limit = CHUNK_BYTES / size;
    long[] taking = new long[extents.length];
    Arrays.fill(taking, 1);
    taking[last] = Math.min(extents[last], limit);
    limit /= taking[last];
    for (int axis : rowAxes) {
      limit = take(taking, axis, limit);
    }
    for (int axis = last - 1; axis >= 0; axis--) {
      limit = take(taking, axis, limit);
    }
    return taking;
  }

  /**
   * Takes what fits of an axis; after an axis of which not all fits there is no room for others.
   */
  private long take(long[] taking, int axis, long limit) {
    if (taking[axis] > 1 || limit <= 1) {
      return limit;
    }
    taking[axis] = Math.min(extents[axis], limit);
    return taking[axis] < extents[axis] ? 1 : limit / taking[axis];
  }

  /** Reads the box that begins at element {@code from} of the base to {@code outAt}. */
  void read(long from, long outAt) throws IOException {
    eachChunk(0, from, outAt, chunk.clone());
  }

  private void eachChunk(int axis, long from, long outAt, long[] sizes) throws IOException {
    if (axis > last) {
      begin(sizes);
      readChunk(from);
      writeChunk(0, 0, outAt);
      return;
    }
    for (long i = 0; i < extents[axis]; i += chunk[axis]) {
      sizes[axis] = Math.min(chunk[axis], extents[axis] - i);
      eachChunk(axis + 1, from + i * baseStrides[axis], outAt + i * outSteps[axis], sizes);
    }
  }

  /** Prepares for a chunk, if it is unlike the one before. */
  private void begin(long[] sizes) {
    if (Arrays.equals(sizes, counts)) {
      return;
    }
    counts = sizes.clone();
    strides = AxisOrder.strides(counts);
    rowOffsets = new int[] {0};
    for (int axis : rowAxes) {
      int[] inner = rowOffsets;
      rowOffsets = new int[(int) (inner.length * counts[axis])];
      for (int i = 0; i < rowOffsets.length; i++) {
        rowOffsets[i] = inner[i % inner.length] + (int) (i / inner.length * strides[axis]);
      }
    }
  }

  /** Reads a chunk without the gaps between its runs. */
  private void readChunk(long from) throws IOException {
    int runAxis = last;
    while (runAxis > 0
        && (counts[runAxis - 1] == 1 || strides[runAxis - 1] == baseStrides[runAxis - 1])) {
      runAxis--;
    }
    readRuns(0, runAxis, from, 0);
  }

  /** Walks the axes before {@code runAxis}; it and those after it are runs. */
  private void readRuns(int axis, int runAxis, long from, long at) throws IOException {
    if (axis < runAxis - 1) {
      for (long i = 0; i < counts[axis]; i++) {
        readRuns(axis + 1, runAxis, from + i * baseStrides[axis], at + i * strides[axis]);
      }
      return;
    }
    int run = (int) (counts[runAxis] * strides[runAxis]);
    int runs = runAxis == 0 ? 1 : (int) counts[axis];
    long stride = runAxis == 0 ? run : baseStrides[axis];
    if (base.isEmpty()) {
      for (int i = 0; i < runs; i++) {
        rows.take((int) (from + i * stride), (int) at + i * run, run);
      }
      return;
    }
    int together = 1;
    if ((stride - run) * size <= SMALL_GAP) {
      together = (int) ((bytes.capacity() / size - run) / stride) + 1;
    }
    for (int i = 0; i < runs; i += together) {
      int count = Math.min(together, runs - i);
      bytes.clear().limit((int) ((count - 1) * stride + run) * size);
      base.get().read(from + i * stride, bytes);
      for (int j = 0; j < count; j++) {
        rows.take((int) (j * stride), (int) at + (i + j) * run, run);
      }
    }
  }

  /** Walks the axes that are neither the row's nor the next. */
  private void writeChunk(int axis, long at, long outAt) {
    if (axis > last) {
      writeRows((int) at, outAt);
    } else if (axis == nextAxis || isRowAxis(axis)) {
      writeChunk(axis + 1, at, outAt);
    } else {
      for (long i = 0; i < counts[axis]; i++) {
        writeChunk(axis + 1, at + i * strides[axis], outAt + i * outSteps[axis]);
      }
    }
  }

  private boolean isRowAxis(int axis) {
    for (int rowAxis : rowAxes) {
      if (rowAxis == axis) {
        return true;
      }
    }
    return false;
  }

  private void writeRows(int at, long outAt) {
    int row = rowOffsets.length;
    int count = (int) counts[nextAxis];
    int stride = (int) strides[nextAxis];
    long step = outSteps[nextAxis];
    int together = Math.max(ROWS, ROW_ELEMENTS / row);
    for (int i = 0; i < count; i += together) {
      int several = Math.min(together, count - i);
      rows.gather(rowOffsets, at + i * stride, stride, several);
      if (step == row) {
        rows.put((int) (outAt + i * step), 0, several * row);
        continue;
      }
      for (int j = 0; j < several; j++) {
        rows.put((int) (outAt + (i + j) * step), j * row, row);
      }
    }
  }
}
