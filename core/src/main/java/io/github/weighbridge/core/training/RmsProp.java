package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.Unwrapped;
import java.util.ArrayList;
import java.util.List;

/**
 * RMSprop: the step is divided by the root of a running average of squared gradients.
 *
 * @param options what all optimizers have
 * @param rho how much the average keeps
 * @param momentum how much of the last step goes on; 0 for none
 * @param epsilon keeps the denominator from zero
 * @param centered whether the average is a variance
 * @param epsilonInRoot whether epsilon is added before the root is taken (Keras 3 and the new
 *     optimizers of tf.keras) or behind it (Keras 1 and 2, the legacy ones of tf.keras)
 */
public record RmsProp(
    @Unwrapped OptimizerOptions options,
    double rho,
    double momentum,
    double epsilon,
    boolean centered,
    boolean epsilonInRoot)
    implements GradientOptimizer {

  @Override
  public List<List<String>> slots(TrainedWeight weight) {
    List<List<String>> slots = new ArrayList<>(List.of(List.of("velocity")));
    if (momentum > 0) {
      slots.add(List.of("momentum"));
    }
    if (centered) {
      slots.add(List.of("average_gradient"));
    }
    return List.copyOf(slots);
  }
}
