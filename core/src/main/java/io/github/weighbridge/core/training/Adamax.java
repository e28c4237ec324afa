package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.ConfigKey;
import io.github.weighbridge.core.config.Unwrapped;
import java.util.List;

/**
 * Adamax: Adam by the largest gradient.
 *
 * @param options what all optimizers have
 * @param beta1 how much the average of gradients keeps
 * @param beta2 how much the average of squared gradients keeps
 * @param epsilon keeps the denominator from zero
 */
public record Adamax(
    @Unwrapped OptimizerOptions options,
    @ConfigKey("beta_1") double beta1,
    @ConfigKey("beta_2") double beta2,
    double epsilon)
    implements GradientOptimizer {

  /** What DL4J adds to the largest gradient, in place of an epsilon. */
  public static final double NO_EPSILON = 1e-32;

  @Override
  public List<List<String>> slots(TrainedWeight weight) {
    return List.of(List.of("momentum", "norm"));
  }
}
