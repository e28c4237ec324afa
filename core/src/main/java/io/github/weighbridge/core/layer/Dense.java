package io.github.weighbridge.core.layer;

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
 * Keras's Dense: {@code activation(x kernel + bias)} over the last axis of an input of rank 2 or
 * more.
 *
 * <p>Weights: kernel {@code [in, units]}, bias {@code [units]} if {@code useBias}.
 */
public record Dense(
    int units,
    Activation activation,
    boolean useBias,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    @Nullable Regularizer kernelRegularizer,
    @Nullable Regularizer biasRegularizer,
    @Nullable Regularizer activityRegularizer,
    @Nullable Constraint kernelConstraint,
    @Nullable Constraint biasConstraint)
    implements Layer {

  /** Refuses what is no number of units. */
  public Dense {
    Rules.require(units > 0, "units must be positive");
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    Shape shape = call.input().shape();
    Rules.require(shape.rank() >= 1, "an input with a last axis is needed, got " + shape);
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(WeightSpec.trainable("kernel", Rules.knownSize(shape, -1, "the last axis"), units));
    if (useBias) {
      weights.add(WeightSpec.trainable("bias", units));
    }
    return weights;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    TensorType x = call.input();
    return List.of(new TensorType(call.computeType(), x.shape().withDim(-1, Dim.of(units))));
  }
}
