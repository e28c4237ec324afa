package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.Unwrapped;
import java.util.List;

/**
 * "Follow the regularized leader".
 *
 * @param options what all optimizers have
 * @param learningRatePower not above 0
 * @param initialAccumulatorValue what the sums of squared gradients begin with
 * @param l1RegularizationStrength weight of the absolute values
 * @param l2RegularizationStrength weight of the squares
 * @param l2ShrinkageRegularizationStrength weight of the squares in the loss alone
 * @param beta is added to the strength of squares
 */
public record Ftrl(
    @Unwrapped OptimizerOptions options,
    double learningRatePower,
    double initialAccumulatorValue,
    double l1RegularizationStrength,
    double l2RegularizationStrength,
    double l2ShrinkageRegularizationStrength,
    double beta)
    implements GradientOptimizer {

  @Override
  public List<List<String>> slots(TrainedWeight weight) {
    return List.of(List.of("accumulator", "linear"));
  }
}
