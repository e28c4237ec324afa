package io.github.weighbridge.core.layer;

import java.util.List;

/** Amounts before and after, one pair per spatial axis. */
final class Margins {

  private Margins() {}

  static List<List<Integer>> copyOf(List<List<Integer>> margins) {
    Rules.require(
        margins.stream().allMatch(m -> m.size() == 2 && m.get(0) >= 0 && m.get(1) >= 0),
        "each spatial axis has two amounts, before and after, not negative");
    return margins.stream().map(List::copyOf).toList();
  }
}
