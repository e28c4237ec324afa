package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.Unwrapped;
import java.util.List;

/**
 * Gradient descent, with momentum or without.
 *
 * @param options what all optimizers have
 * @param momentum how much of the last step goes on; 0 for none
 * @param nesterov whether the step looks ahead by the momentum
 */
public record Sgd(@Unwrapped OptimizerOptions options, double momentum, boolean nesterov)
    implements GradientOptimizer {

  @Override
  public List<List<String>> slots(TrainedWeight weight) {
    return momentum == 0 ? List.of() : List.of(List.of("momentum"));
  }
}
