package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.ConfigKey;
import io.github.weighbridge.core.config.Unwrapped;
import io.github.weighbridge.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Adafactor: the average of squared gradients by rows and columns.
 *
 * @param options what all optimizers have
 * @param beta2Decay power by which the average forgets
 * @param epsilon1 is added to squared gradients
 * @param epsilon2 the least scale of a weight
 * @param clipThreshold the largest step
 * @param relativeStep whether the rate falls with the root of the steps
 */
public record Adafactor(
    @Unwrapped OptimizerOptions options,
    @ConfigKey("beta_2_decay") double beta2Decay,
    @ConfigKey("epsilon_1") double epsilon1,
    @ConfigKey("epsilon_2") double epsilon2,
    double clipThreshold,
    boolean relativeStep)
    implements GradientOptimizer {

  /** A vector has neither row nor column; Keras 3 keeps a number in place of each. */
  @Override
  public List<List<String>> slots(TrainedWeight weight) {
    return weight.shape().rank() < 2
        ? List.of(List.of("", "", "velocity"))
        : List.of(List.of("row", "column", "velocity"));
  }

  /** A row is the weight without its last axis, a column without the last but one. */
  @Override
  public Shape slotShape(String slot, TrainedWeight weight) {
    if (slot.equals("velocity")) {
      return weight.shape();
    }
    long[] sizes = weight.shape().sizes();
    long[] own = Arrays.copyOf(sizes, sizes.length - 1);
    if (slot.equals("column")) {
      own[own.length - 1] = sizes[sizes.length - 1];
    }
    return Shape.of(own);
  }
}
