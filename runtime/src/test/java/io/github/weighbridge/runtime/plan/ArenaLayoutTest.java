package io.github.weighbridge.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.runtime.plan.ArenaLayout.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArenaLayoutTest {

  private static Block block(long bytes, int first, int last) {
    Block block = new Block(bytes, first);
    block.keepUntil(last);
    return block;
  }

  @Test
  void aChainNeedsRoomForTwo() {
    List<Block> chain = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      chain.add(block(1024, i, i + 1));
    }
    assertThat(ArenaLayout.arrange(chain)).isEqualTo(2048);
  }

  @Test
  void blocksOfTheSameTimeNeverOverlap() {
    Random random = new Random(1);
    for (int round = 0; round < 50; round++) {
      List<Block> blocks = new ArrayList<>();
      int[] ends = new int[40];
      for (int i = 0; i < ends.length; i++) {
        ends[i] = i + random.nextInt(8);
        blocks.add(block(1 + random.nextInt(5000), i, ends[i]));
      }
      long size = ArenaLayout.arrange(blocks);
      for (int i = 0; i < ends.length; i++) {
        Block a = blocks.get(i);
        assertThat(a.offset() % 64).isZero();
        assertThat(a.offset() + a.bytes()).isLessThanOrEqualTo(size);
        for (int k = i + 1; k <= Math.min(ends[i], ends.length - 1); k++) {
          Block b = blocks.get(k);
          assertThat(a.offset() + a.bytes() <= b.offset() || b.offset() + b.bytes() <= a.offset())
              .as("blocks %d and %d of round %d are apart", i, k, round)
              .isTrue();
        }
      }
    }
  }
}
