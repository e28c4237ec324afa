package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * LayerScale of keras.applications' ConvNeXt: {@code x gamma} along the last axis; the mask ends
 * here.
 *
 * <p>Weights: gamma {@code [projectionDim]}.
 *
 * @param initValues what gamma starts with
 * @param projectionDim the size of the last axis
 */
public record LayerScale(double initValues, int projectionDim) implements Layer {

  /** Refuses what is no size. */
  public LayerScale {
    Rules.require(projectionDim > 0, "projection_dim must be positive");
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    return List.of(WeightSpec.trainable("gamma", projectionDim));
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    TensorType x = call.input();
    long size = Rules.knownSize(x.shape(), -1, "the last axis");
    Rules.require(
        size == projectionDim,
        "an input whose last axis has size " + projectionDim + " is needed, got " + x.shape());
    return List.of(x);
  }
}
