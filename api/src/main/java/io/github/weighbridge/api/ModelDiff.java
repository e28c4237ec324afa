package io.github.weighbridge.api;

import java.util.List;

/**
 * What two models have in common.
 *
 * @param sameComputation whether their graphs of operations are the same, names aside
 * @param sameConfig whether their layers have the same configurations, names aside
 * @param weights every weight of both, paired by its place in the computation, else by name
 * @param partings where they compute something else, each as far from the inputs as what follows it
 *     is the same; empty if they compute the same
 * @param opaque layers of the first model that nobody here can compute (unknown classes, code): of
 *     these, and of what stands behind them where they do not say what they return, class,
 *     configuration and weights were compared
 */
public record ModelDiff(
    boolean sameComputation,
    boolean sameConfig,
    List<WeightDiff> weights,
    List<Parting> partings,
    List<String> opaque) {

  /** Copies the lists. */
  public ModelDiff {
    weights = List.copyOf(weights);
    partings = List.copyOf(partings);
    opaque = List.copyOf(opaque);
  }

  /** Whether the models compute the same and no weight differs by more than {@code atol}. */
  public boolean equal(double atol) {
    return sameComputation && weights.stream().allMatch(w -> w.maxAbsDiff() <= atol);
  }
}
