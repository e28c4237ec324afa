package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's Embedding: row {@code x} of a table. With {@code maskZero} steps with index 0 are masked.
 *
 * <p>Weights: embeddings {@code [inputDim, outputDim]}.
 */
public record Embedding(
    int inputDim,
    int outputDim,
    Initializer embeddingsInitializer,
    @Nullable Regularizer embeddingsRegularizer,
    @Nullable Regularizer activityRegularizer,
    @Nullable Constraint embeddingsConstraint,
    boolean maskZero)
    implements Layer {

  /** Refuses what is no size. */
  public Embedding {
    Rules.require(inputDim > 0 && outputDim > 0, "input_dim and output_dim must be positive");
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    return List.of(WeightSpec.trainable("embeddings", inputDim, outputDim));
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(
        new TensorType(call.computeType(), call.input().shape().append(Dim.of(outputDim))));
  }
}
