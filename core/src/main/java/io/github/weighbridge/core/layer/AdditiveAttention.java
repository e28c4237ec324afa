package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's AdditiveAttention: as {@link Attention}, a query fitting a key as well as the sum of
 * {@code scale tanh(query + key)} says.
 *
 * <p>Weights: scale {@code [features]} if {@code useScale}.
 *
 * @param causal as {@link Attention#causal}
 */
public record AdditiveAttention(
    boolean useScale, double dropout, boolean causal, @Nullable Tree seed) implements Layer {

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    return useScale
        ? List.of(
            WeightSpec.trainable(
                "scale", Rules.knownSize(call.inputs().get(0).shape(), -1, "the last axis")))
        : List.of();
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return Attention.attended(call);
  }
}
