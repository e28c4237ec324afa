package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.ConfigKey;
import io.github.weighbridge.core.config.Unwrapped;
import java.util.List;

/**
 * Adam with Nesterov's momentum, which is scheduled: at step t it is {@code beta1 (1 - 0.96^(t
 * scheduleDecay) / 2)}. DL4J's is not, and its step is {@code (beta1 m + (1 - beta1) g) / (1 -
 * beta1^t) / (sqrt(v) + epsilon)}.
 *
 * @param options what all optimizers have
 * @param beta1 how much the average of gradients keeps
 * @param beta2 how much the average of squared gradients keeps
 * @param epsilon keeps the denominator from zero
 * @param scheduleDecay 1 in Keras 3 and in the new optimizers of tf.keras; 0.004 unless told
 *     otherwise in Keras 1 and 2 and in the legacy ones of tf.keras
 * @param scheduled false for DL4J's rule
 */
public record Nadam(
    @Unwrapped OptimizerOptions options,
    @ConfigKey("beta_1") double beta1,
    @ConfigKey("beta_2") double beta2,
    double epsilon,
    double scheduleDecay,
    boolean scheduled)
    implements GradientOptimizer {

  @Override
  public List<List<String>> slots(TrainedWeight weight) {
    return List.of(List.of("momentum", "velocity"));
  }
}
