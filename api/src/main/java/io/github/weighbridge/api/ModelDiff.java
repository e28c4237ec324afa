package io.github.weighbridge.api;

import java.util.List;

/**
 * What two models have in common.
 *
 * @param sameComputation whether their graphs of operations are the same, names aside
 * @param sameConfig whether their layers have the same configurations, names aside
 * @param weights every weight of both, paired by its place in the computation, else by name
 */
public record ModelDiff(boolean sameComputation, boolean sameConfig, List<WeightDiff> weights) {

  /** Copies the list. */
  public ModelDiff {
    weights = List.copyOf(weights);
  }

  /** Whether the models compute the same and no weight differs by more than {@code atol}. */
  public boolean equal(double atol) {
    return sameComputation && weights.stream().allMatch(w -> w.maxAbsDiff() <= atol);
  }
}
