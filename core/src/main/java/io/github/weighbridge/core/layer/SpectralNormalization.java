package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import java.util.Map;

/**
 * Keras's SpectralNormalization: the inner layer {@code layer}, whose kernel (or embeddings) is
 * divided by its largest singular value while training. At inference it is the inner layer with the
 * kernel as it was saved.
 *
 * <p>Weights: the kernel of the inner layer, which it holds too, and vector_u {@code [1, last axis
 * of the kernel]} (not trained by gradients).
 *
 * @param powerIterations how often a training step refines the singular value
 */
public record SpectralNormalization(int powerIterations) implements Layer {

  /** The name of the inner layer. */
  public static final String INNER = "layer";

  /** Refuses what Keras refuses. */
  public SpectralNormalization {
    Rules.require(powerIterations > 0, "power_iterations must be positive");
  }

  @Override
  public Map<String, List<TensorType>> childInputs(CallTypes call) {
    return Map.of(INNER, call.inputs());
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    WeightSpec kernel =
        call.childWeights(INNER, call.inputs()).stream()
            .filter(weight -> List.of("kernel", "embeddings").contains(weight.name()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the inner layer must have a kernel or embeddings"));
    long last = kernel.shape().dim(kernel.shape().rank() - 1).size();
    return List.of(kernel.ofInner(INNER), WeightSpec.nonTrainable("vector_u", 1, last));
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    DataType dtype = call.input().dtype();
    return call.childOutputs(INNER, call.inputs()).stream().map(t -> t.withDtype(dtype)).toList();
  }
}
