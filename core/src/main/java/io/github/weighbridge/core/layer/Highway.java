package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras 1's Highway: {@code t activation(x kernel + bias) + (1 - t) x} with the gate {@code t =
 * sigmoid(x carryKernel + carryBias)}, over an input {@code [batch, n]}.
 *
 * <p>Weights: kernel and carry_kernel {@code [n, n]}, bias and carry_bias {@code [n]} if {@code
 * useBias}.
 */
public record Highway(
    Activation activation,
    boolean useBias,
    Initializer kernelInitializer,
    @Nullable Regularizer kernelRegularizer,
    @Nullable Regularizer biasRegularizer,
    @Nullable Regularizer activityRegularizer,
    @Nullable Constraint kernelConstraint,
    @Nullable Constraint biasConstraint)
    implements Layer {

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    Shape shape = call.shapeOfRank(2);
    long size = Rules.knownSize(shape, 1, "the last axis");
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(WeightSpec.trainable("kernel", size, size));
    weights.add(WeightSpec.trainable("carry_kernel", size, size));
    if (useBias) {
      weights.add(WeightSpec.trainable("bias", size));
      weights.add(WeightSpec.trainable("carry_bias", size));
    }
    return weights;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(call.input().withDtype(call.computeType()));
  }
}
