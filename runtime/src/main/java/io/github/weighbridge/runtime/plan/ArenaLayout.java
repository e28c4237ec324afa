package io.github.weighbridge.runtime.plan;

import io.github.weighbridge.runtime.nd4j.NativeMemory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where blocks of memory lie in one arena, so that those which are needed at the same time do not
 * overlap: the largest first, each into the smallest gap that holds it.
 */
final class ArenaLayout {

  /** Memory that is needed from one step to another, both included. */
  static final class Block {

    private final long bytes;
    private final int first;
    private int last;
    private long offset;

    Block(long bytes, int first) {
      this.bytes = NativeMemory.aligned(Math.max(bytes, 1));
      this.first = first;
      this.last = first;
    }

    long bytes() {
      return bytes;
    }

    /** Whether it is as large as a block of so many bytes would be. */
    boolean holds(long wanted) {
      return bytes == NativeMemory.aligned(Math.max(wanted, 1));
    }

    int last() {
      return last;
    }

    /** Makes the block last until a step at least. */
    void keepUntil(int step) {
      last = Math.max(last, step);
    }

    /** Where it lies, once {@link ArenaLayout#arrange} has run. */
    long offset() {
      return offset;
    }

    private long end() {
      return offset + bytes;
    }

    private boolean livesWith(Block other) {
      return first <= other.last && other.first <= last;
    }
  }

  private ArenaLayout() {}

  /** Gives each block its place; returns how many bytes the arena needs. */
  static long arrange(List<Block> blocks) {
    List<Block> bySize = new ArrayList<>(blocks);
    bySize.sort(Comparator.comparingLong(Block::bytes).reversed().thenComparingInt(b -> b.first));
    List<Block> placed = new ArrayList<>();
    long size = 0;
    for (Block block : bySize) {
      List<Block> neighbours =
          placed.stream()
              .filter(block::livesWith)
              .sorted(Comparator.comparingLong(Block::offset))
              .toList();
      block.offset = bestGap(block.bytes, neighbours);
      size = Math.max(size, block.end());
      placed.add(block);
    }
    return size;
  }

  /** The start of the smallest gap between blocks that holds so many bytes, or behind them all. */
  private static long bestGap(long bytes, List<Block> neighbours) {
    long best = -1;
    long bestSize = Long.MAX_VALUE;
    long free = 0;
    for (Block neighbour : neighbours) {
      long gap = neighbour.offset() - free;
      if (gap >= bytes && gap < bestSize) {
        best = free;
        bestSize = gap;
      }
      free = Math.max(free, neighbour.end());
    }
    return best >= 0 ? best : free;
  }
}
