package io.github.weighbridge.core.training;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model was compiled with, as Keras 3's {@code compile} takes it.
 *
 * @param optimizer changes the weights, or null
 * @param loss what is made small
 * @param lossWeights what the losses of the outputs are multiplied with
 * @param metrics what is reported
 * @param weightedMetrics what is reported with the weights of samples
 * @param runEagerly whether steps run without a graph
 * @param stepsPerExecution how many steps are made in one go
 * @param jitCompile whether steps are compiled; null where Keras decides
 */
public record Compilation(
    @Nullable Optimizer optimizer,
    PerOutput<Loss> loss,
    PerOutput<Double> lossWeights,
    PerOutput<Metric> metrics,
    PerOutput<Metric> weightedMetrics,
    boolean runEagerly,
    int stepsPerExecution,
    @Nullable Boolean jitCompile) {

  /** This compilation with another optimizer. */
  public Compilation withOptimizer(Optimizer other) {
    return new Compilation(
        other,
        loss,
        lossWeights,
        metrics,
        weightedMetrics,
        runEagerly,
        stepsPerExecution,
        jitCompile);
  }

  /** The optimizer without what scales its loss; nothing if there is none. */
  public Optional<Optimizer> innerOptimizer() {
    return Optional.ofNullable(
        optimizer instanceof LossScaleOptimizer scaled ? scaled.innerOptimizer() : optimizer);
  }
}
