package io.github.weighbridge.core.training;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every optimizer of Keras 3 can be told.
 *
 * @param name of the optimizer
 * @param learningRate a number or a schedule
 * @param weightDecay decays weights beside the step, or null
 * @param clipnorm the largest norm of the gradient of each weight, or null
 * @param globalClipnorm the largest norm of all gradients together, or null; Keras 1 and
 *     multi-backend Keras 2 call this {@code clipnorm}
 * @param clipvalue the largest element of a gradient, or null; Keras 3 clips in one way only, Keras
 *     1 and 2 by norm and then by value
 * @param useEma whether averages of the weights are kept
 * @param emaMomentum how much such an average keeps
 * @param emaOverwriteFrequency after how many steps averages replace the weights, or null
 * @param lossScaleFactor what the loss is multiplied with, or null
 * @param gradientAccumulationSteps over how many steps gradients are summed, or null
 */
public record OptimizerOptions(
    String name,
    LearningRate learningRate,
    @Nullable Double weightDecay,
    @Nullable Double clipnorm,
    @Nullable Double globalClipnorm,
    @Nullable Double clipvalue,
    boolean useEma,
    double emaMomentum,
    @Nullable Integer emaOverwriteFrequency,
    @Nullable Double lossScaleFactor,
    @Nullable Integer gradientAccumulationSteps) {

  /** The groups of variables that these options ask for, see {@link GradientOptimizer#slots}. */
  public List<List<String>> slots() {
    List<List<String>> slots = new ArrayList<>();
    if (useEma) {
      slots.add(List.of("average"));
    }
    if (gradientAccumulationSteps != null) {
      slots.add(List.of("gradient_accumulator"));
    }
    return List.copyOf(slots);
  }
}
