package io.github.weighbridge.core.training;

/**
 * Multiplies the loss before its gradients are taken, so that small ones do not vanish in float16;
 * halves the factor when they overflow.
 *
 * @param name of the optimizer
 * @param innerOptimizer changes the weights
 * @param initialScale the first factor
 * @param dynamicGrowthSteps after how many good steps the factor doubles
 */
public record LossScaleOptimizer(
    String name, Optimizer innerOptimizer, double initialScale, int dynamicGrowthSteps)
    implements Optimizer {

  /** With what Keras takes by default. */
  public static LossScaleOptimizer around(Optimizer optimizer) {
    return new LossScaleOptimizer("loss_scale_optimizer", optimizer, 32768, 2000);
  }
}
