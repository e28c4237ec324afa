package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's ReversibleEmbedding: an {@link Embedding} that, called with {@code reverse=True}, says
 * how well each of its rows fits {@code [..., outputDim]}: {@code [..., inputDim]}.
 *
 * <p>Weights: embeddings {@code [inputDim, outputDim]}; reverse_embeddings {@code [outputDim,
 * inputDim]} unless {@code tieWeights}.
 *
 * @param tieWeights whether both directions use the same rows
 * @param reverseDtype the type in which it is reversed; null for that of its input and weights
 * @param logitSoftCap what no result of the reverse exceeds, by a tanh; null for no limit
 */
public record ReversibleEmbedding(
    int inputDim,
    int outputDim,
    Initializer embeddingsInitializer,
    @Nullable Regularizer embeddingsRegularizer,
    @Nullable Regularizer activityRegularizer,
    @Nullable Constraint embeddingsConstraint,
    boolean maskZero,
    boolean tieWeights,
    @Nullable DataType reverseDtype,
    @Nullable Double logitSoftCap)
    implements Layer {

  /** The argument of a call that reverses it. */
  public static final String REVERSE = "reverse";

  /** Refuses what is no size, and a limit of nothing. */
  public ReversibleEmbedding {
    Rules.require(inputDim > 0 && outputDim > 0, "input_dim and output_dim must be positive");
    Rules.require(logitSoftCap == null || logitSoftCap != 0, "logit_soft_cap must not be 0");
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(WeightSpec.trainable("embeddings", inputDim, outputDim));
    if (!tieWeights) {
      weights.add(WeightSpec.trainable("reverse_embeddings", outputDim, inputDim));
    }
    return weights;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape shape = call.input().shape();
    if (!call.arguments().isTrue(REVERSE)) {
      return List.of(new TensorType(call.computeType(), shape.append(Dim.of(outputDim))));
    }
    Rules.require(shape.rank() >= 2, "an input of rank 2 or more is needed, got " + shape);
    DataType given = call.arguments().inputs().get(0).type().dtype();
    return List.of(
        new TensorType(
            reversedIn(given, call.variableType()), shape.withDim(-1, Dim.of(inputDim))));
  }

  /**
   * The type of a reversed call: Keras (3.15) casts neither input nor weights to the type that the
   * layer computes in.
   */
  public DataType reversedIn(DataType input, DataType variable) {
    DataType dtype =
        reverseDtype == null
            ? new TypePromotion().with(input).with(variable).result()
            : reverseDtype;
    Rules.require(
        input.isFloating() && dtype.isFloating(),
        "what is reversed must have a floating-point type, got " + input + " in " + dtype);
    return dtype;
  }
}
