package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.Unwrapped;
import java.util.List;

/**
 * Adadelta: the step is a ratio of two running averages.
 *
 * @param options what all optimizers have
 * @param rho how much the averages keep
 * @param epsilon is added within both roots
 */
public record Adadelta(@Unwrapped OptimizerOptions options, double rho, double epsilon)
    implements GradientOptimizer {

  @Override
  public List<List<String>> slots(TrainedWeight weight) {
    return List.of(List.of("accumulated_grad", "accumulated_delta_var"));
  }
}
