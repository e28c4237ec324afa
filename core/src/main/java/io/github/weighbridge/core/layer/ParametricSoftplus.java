package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras 1's ParametricSoftplus: {@code alphas log(1 + exp(betas x))}.
 *
 * <p>Weights: alphas and betas, of the input's shape without the batch, 1 along {@code sharedAxes}
 * (which count the batch as 0).
 *
 * @param alphaInit the first value of alphas
 * @param betaInit the first value of betas
 */
public record ParametricSoftplus(
    double alphaInit, double betaInit, @Nullable List<Integer> sharedAxes) implements Layer {

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    long[] sizes = ParameterShapes.perElement(call.input().shape(), sharedAxes);
    return List.of(WeightSpec.trainable("alphas", sizes), WeightSpec.trainable("betas", sizes));
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(call.input());
  }
}
