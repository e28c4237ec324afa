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
 * Keras 1's MaxoutDense: the largest of several {@code x kernel + bias}, element by element, over
 * an input {@code [batch, in]}.
 *
 * <p>Weights: kernel {@code [nbFeature, in, units]}, bias {@code [nbFeature, units]} if {@code
 * useBias}.
 *
 * @param nbFeature how many results the largest is taken of
 */
public record MaxoutDense(
    int units,
    int nbFeature,
    boolean useBias,
    Initializer kernelInitializer,
    @Nullable Regularizer kernelRegularizer,
    @Nullable Regularizer biasRegularizer,
    @Nullable Regularizer activityRegularizer,
    @Nullable Constraint kernelConstraint,
    @Nullable Constraint biasConstraint)
    implements Layer {

  /** Refuses what is no number of units or features. */
  public MaxoutDense {
    Rules.require(units > 0, "units must be positive");
    Rules.require(nbFeature > 0, "nb_feature must be positive");
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    Shape shape = call.shapeOfRank(2);
    long in = Rules.knownSize(shape, 1, "the last axis");
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(WeightSpec.trainable("kernel", nbFeature, in, units));
    if (useBias) {
      weights.add(WeightSpec.trainable("bias", nbFeature, units));
    }
    return weights;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape shape = call.shapeOfRank(2);
    return List.of(new TensorType(call.computeType(), shape.withDim(1, Dim.of(units))));
  }
}
