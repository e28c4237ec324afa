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

  /** Weights of less than two axes have a number in place of row and column. */
  @Override
  public List<List<String>> slots(TrainedWeight weight) {
    return List.of(List.of("row", "column", "velocity"));
  }

  /** A row is the weight without its last axis, a column without the last but one. */
  @Override
  public Shape slotShape(String slot, TrainedWeight weight) {
    long[] sizes = weight.shape().sizes();
    int rank = sizes.length;
    if (slot.equals("velocity")) {
      return weight.shape();
    }
    if (rank < 2) {
      return Shape.of(new long[0]);
    }
    long[] own = Arrays.copyOf(sizes, rank - 1);
    if (slot.equals("column")) {
      own[rank - 2] = sizes[rank - 1];
    }
    return Shape.of(own);
  }
}
