package io.github.weighbridge.core.layer;

import java.util.List;

/** Amounts before and after, one pair per spatial axis. */
final class Margins {

  /** So large that no image has it, and so small that sums fit an int. */
  private static final int MAX_AMOUNT = 1 << 24;

  private Margins() {}

  static List<List<Integer>> copyOf(List<List<Integer>> margins) {
    Rules.require(
        !margins.isEmpty() && margins.size() <= 3, "there must be 1, 2 or 3 spatial axes");
    Rules.require(
        margins.stream().allMatch(m -> m.size() == 2 && m.get(0) >= 0 && m.get(1) >= 0),
        "each spatial axis has two amounts, before and after, not negative");
    Rules.require(
        margins.stream().allMatch(m -> m.get(0) <= MAX_AMOUNT && m.get(1) <= MAX_AMOUNT),
        "amounts must not exceed " + MAX_AMOUNT);
    return margins.stream().map(List::copyOf).toList();
  }
}
