package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Slices of the base's first axis, read at once and turned into runs of the result: as the base
 * stands in a file, and not once for every tile of the result.
 *
 * @param first the first slice
 * @param count how many slices
 */
record TransposedBand(WeightRef base, AxisOrder order, long first, long count)
    implements WeightPart {

  /** What is turned at a time, in bytes: well within the second cache. */
  private static final int PIECE_BYTES = 512 << 10;

  /**
   * All elements of a transposed weight in bands.
   *
   * @return none if reading the result in tiles takes longer runs
   */
  static Optional<List<WeightPart>> of(WeightRef base, AxisOrder order, int tileBytes) {
    long[] sizes = order.sizes();
    int[] perm = order.perm();
    long size = base.dtype().byteSize();
    long slice = size * AxisOrder.strides(sizes)[0];
    long most = (tileBytes - PIECE_BYTES) / slice;
    if (perm[0] == 0 || base.byteCount() <= tileBytes || most < 1) {
      return Optional.empty();
    }
    long[] strides = AxisOrder.strides(order.resultSizes());
    int last = position(perm, sizes.length - 1);
    long runOfTile = Math.min(sizes[sizes.length - 1], tileBytes / (size * strides[last]));
    long afterFirst = strides[position(perm, 0)];
    // One slice of the result's first axis is turned at a time, at least.
    long fitting = PIECE_BYTES / (slice / sizes[perm[0]]);
    long perBand = Math.min(Math.min(most, fitting), sizes[0]);
    if (perBand * afterFirst <= runOfTile) {
      return Optional.empty();
    }
    List<WeightPart> bands = new ArrayList<>();
    for (long at = 0; at < sizes[0]; at += perBand) {
      bands.add(new TransposedBand(base, order, at, Math.min(perBand, sizes[0] - at)));
    }
    return Optional.of(bands);
  }

  private static int position(int[] perm, int axis) {
    int at = 0;
    while (perm[at] != axis) {
      at++;
    }
    return at;
  }

  @Override
  public long byteCount() {
    return base.byteCount() / order.sizes()[0] * count;
  }

  @Override
  public void read(ByteBuffer tile, Sink sink) throws IOException {
    int size = base.dtype().byteSize();
    ByteBuffer band = tile.clear().slice(0, (int) byteCount()).order(ByteOrder.LITTLE_ENDIAN);
    base.read(first * AxisOrder.strides(order.sizes())[0], band);
    long[] extents = order.sizes().clone();
    extents[0] = count;
    AxisOrder within = new AxisOrder(extents.clone(), order.perm());

    int slowest = order.perm()[0];
    long baseStep = AxisOrder.strides(within.sizes())[slowest];
    long step = AxisOrder.strides(within.resultSizes())[0];
    extents[slowest] = Math.min(extents[slowest], PIECE_BYTES / (step * size));
    ByteBuffer piece =
        tile.slice(band.capacity(), (int) (extents[slowest] * step) * size)
            .order(ByteOrder.LITTLE_ENDIAN);
    TransposedBox box = TransposedBox.holding(band, size, within, extents.clone(), piece);
    long together = extents[slowest];
    long all = order.sizes()[slowest];
    for (long at = 0; at < all; at += together) {
      if (all - at < together) {
        extents[slowest] = all - at;
        box = TransposedBox.holding(band, size, within, extents, piece);
      }
      box.read(at * baseStep, 0);
      handOn(piece, at * step, Math.min(together, all - at) * step, sink);
    }
  }

  /**
   * Hands whole runs on.
   *
   * @param from where the first stands in the turned band
   * @param length of all, in elements
   */
  private void handOn(ByteBuffer piece, long from, long length, Sink sink) throws IOException {
    int size = base.dtype().byteSize();
    long afterFirst = AxisOrder.strides(order.resultSizes())[position(order.perm(), 0)];
    long run = count * afterFirst;
    long stride = order.sizes()[0] * afterFirst;
    for (long at = 0; at < length; at += run) {
      ByteBuffer elements = piece.slice((int) at * size, (int) run * size);
      sink.take(
          (from + at) / run * stride + first * afterFirst, elements.order(ByteOrder.LITTLE_ENDIAN));
    }
  }
}
