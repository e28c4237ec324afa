package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.ConfigKey;
import io.github.weighbridge.core.config.Unwrapped;
import java.util.List;

/**
 * Adam without a schedule, which averages weights instead.
 *
 * @param options what all optimizers have
 * @param beta1 how much the average of gradients keeps
 * @param beta2 how much the average of squared gradients keeps
 * @param epsilon keeps the denominator from zero
 * @param warmupSteps steps in which the rate rises
 */
public record ScheduleFreeAdamW(
    @Unwrapped OptimizerOptions options,
    @ConfigKey("beta_1") double beta1,
    @ConfigKey("beta_2") double beta2,
    double epsilon,
    int warmupSteps)
    implements GradientOptimizer {

  @Override
  public List<List<String>> slots(TrainedWeight weight) {
    return List.of(List.of("momentum", "velocity"));
  }
}
