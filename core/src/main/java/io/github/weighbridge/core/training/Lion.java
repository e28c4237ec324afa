package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.ConfigKey;
import io.github.weighbridge.core.config.Unwrapped;
import java.util.List;

/**
 * Lion: the step is a sign.
 *
 * @param options what all optimizers have
 * @param beta1 how much the step has of the average
 * @param beta2 how much the average keeps
 */
public record Lion(
    @Unwrapped OptimizerOptions options,
    @ConfigKey("beta_1") double beta1,
    @ConfigKey("beta_2") double beta2)
    implements GradientOptimizer {

  @Override
  public List<List<String>> slots(TrainedWeight weight) {
    return List.of(List.of("momentum"));
  }
}
