package io.github.weighbridge.api;

import java.util.List;

/**
 * What two models have in common of their training.
 *
 * @param sameCompilation whether they were compiled with the same optimizer, losses and weights of
 *     these; metrics only watch
 * @param variables every variable of both optimizers, paired by the weight that it is kept for
 *     (these by their order) and by name
 */
public record TrainingDiff(boolean sameCompilation, List<WeightDiff> variables) {

  /** Copies the list. */
  public TrainingDiff {
    variables = List.copyOf(variables);
  }

  /** Whether both would go on training alike: no variable differs by more than {@code atol}. */
  public boolean equal(double atol) {
    return sameCompilation && variables.stream().allMatch(v -> v.maxAbsDiff() <= atol);
  }
}
