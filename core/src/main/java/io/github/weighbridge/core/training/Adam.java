package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.ConfigKey;
import io.github.weighbridge.core.config.Unwrapped;
import java.util.List;

/**
 * Adam, with AMSGrad or without.
 *
 * @param options what all optimizers have
 * @param beta1 how much the average of gradients keeps
 * @param beta2 how much the average of squared gradients keeps
 * @param epsilon keeps the denominator from zero
 * @param amsgrad whether the denominator is the largest that has been
 */
public record Adam(
    @Unwrapped OptimizerOptions options,
    @ConfigKey("beta_1") double beta1,
    @ConfigKey("beta_2") double beta2,
    double epsilon,
    boolean amsgrad)
    implements GradientOptimizer {

  @Override
  public List<List<String>> slots(TrainedWeight weight) {
    return amsgrad
        ? List.of(List.of("momentum", "velocity"), List.of("velocity_hat"))
        : List.of(List.of("momentum", "velocity"));
  }
}
