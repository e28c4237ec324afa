package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.ConfigKey;
import io.github.weighbridge.core.config.Unwrapped;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Muon: orthogonal steps for matrices, Adam for the rest.
 *
 * @param options what all optimizers have
 * @param adamBeta1 Adam's
 * @param adamBeta2 Adam's
 * @param epsilon Adam's
 * @param excludeLayers parts of the paths of matrices that Adam changes
 * @param muonA of the polynomial that makes a step orthogonal
 * @param muonB likewise
 * @param muonC likewise
 * @param adamLrRatio Adam's rate in parts of Muon's
 * @param momentum how much of the last step goes on
 * @param nsSteps rounds of the polynomial
 * @param nesterov whether the step looks ahead by the momentum
 * @param excludeEmbeddings whether Adam changes embeddings
 * @param adamWeightDecay of weights that Adam changes
 * @param rmsRate scale of the step
 */
public record Muon(
    @Unwrapped OptimizerOptions options,
    @ConfigKey("adam_beta_1") double adamBeta1,
    @ConfigKey("adam_beta_2") double adamBeta2,
    double epsilon,
    List<String> excludeLayers,
    double muonA,
    double muonB,
    double muonC,
    double adamLrRatio,
    double momentum,
    int nsSteps,
    boolean nesterov,
    boolean excludeEmbeddings,
    @Nullable Double adamWeightDecay,
    double rmsRate)
    implements GradientOptimizer {

  @Override
  public List<List<String>> slots(TrainedWeight weight) {
    return changedByAdam(weight)
        ? List.of(List.of("momentum", "velocity"))
        : List.of(List.of("momentum"));
  }

  /** Keras 3.15's rule; excluded layers are patterns there, of which plain words are known here. */
  private boolean changedByAdam(TrainedWeight weight) {
    return weight.shape().rank() != 2
        || (excludeEmbeddings && weight.path().toLowerCase(Locale.ROOT).contains("embedding"))
        || excludeLayers.stream().anyMatch(weight.path()::contains);
  }
}
