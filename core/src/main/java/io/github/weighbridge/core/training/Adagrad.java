package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.Unwrapped;
import java.util.List;

/**
 * Adagrad: the step is divided by the root of the sum of squared gradients.
 *
 * @param options what all optimizers have
 * @param initialAccumulatorValue what the sums begin with
 * @param epsilon keeps the denominator from zero
 * @param epsilonInRoot whether epsilon is added before the root is taken (Keras 3 and the new
 *     optimizers of tf.keras) or behind it (Keras 1 and 2, the legacy ones of tf.keras)
 */
public record Adagrad(
    @Unwrapped OptimizerOptions options,
    double initialAccumulatorValue,
    double epsilon,
    boolean epsilonInRoot)
    implements GradientOptimizer {

  @Override
  public List<List<String>> slots(TrainedWeight weight) {
    return List.of(List.of("accumulator"));
  }
}
