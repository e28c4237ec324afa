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
 * Keras's BatchNormalization: {@code gamma (x - mean) / sqrt(variance + epsilon) + beta} along an
 * axis. Batch renormalization changes training only, but has weights of its own.
 *
 * <p>Weights, each of the axis's size: gamma if {@code scale}, beta if {@code center}, moving_mean,
 * moving_variance; with {@code renorm} also moving_stddev, renorm_mean, renorm_stddev (not trained
 * by gradients, as the moving ones).
 */
public record BatchNormalization(
    int axis,
    double momentum,
    double epsilon,
    boolean center,
    boolean scale,
    boolean renorm,
    Initializer betaInitializer,
    Initializer gammaInitializer,
    Initializer movingMeanInitializer,
    Initializer movingVarianceInitializer,
    @Nullable Regularizer betaRegularizer,
    @Nullable Regularizer gammaRegularizer,
    @Nullable Constraint betaConstraint,
    @Nullable Constraint gammaConstraint)
    implements Layer {

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    Shape shape = call.input().shape();
    long size = Rules.knownSize(shape, Rules.axis(axis, shape.rank()), "the size of axis " + axis);
    List<WeightSpec> weights = new ArrayList<>();
    if (scale) {
      weights.add(WeightSpec.trainable("gamma", size));
    }
    if (center) {
      weights.add(WeightSpec.trainable("beta", size));
    }
    weights.add(WeightSpec.nonTrainable("moving_mean", size));
    weights.add(WeightSpec.nonTrainable("moving_variance", size));
    if (renorm) {
      weights.add(WeightSpec.nonTrainable("moving_stddev", size));
      weights.add(WeightSpec.nonTrainable("renorm_mean", size));
      weights.add(WeightSpec.nonTrainable("renorm_stddev", size));
    }
    return weights;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(call.input().withDtype(call.computeType()));
  }
}
