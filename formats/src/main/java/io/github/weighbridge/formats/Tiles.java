package io.github.weighbridge.formats;

import io.github.weighbridge.core.tensor.WeightRef;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Work space for weights outside of the heap, used again and again. Thread-safe. */
public final class Tiles {

  private static final int SMALLEST_BYTES = 16 << 10;

  private final ConcurrentLinkedQueue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();

  /** A buffer of that many bytes at least, at most {@link WeightRef#TILE_BYTES}; give it back. */
  ByteBuffer take(long bytes) {
    ByteBuffer tile = idle.poll();
    if (tile != null && tile.capacity() >= bytes) {
      return tile;
    }
    // Somewhat more than asked for: of use to what comes next, too.
    int size = Math.max(SMALLEST_BYTES, 2 * Integer.highestOneBit((int) bytes));
    return ByteBuffer.allocateDirect(Math.min(size, WeightRef.TILE_BYTES));
  }

  void giveBack(ByteBuffer tile) {
    idle.add(tile);
  }
}
