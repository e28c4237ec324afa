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
 * Keras's LayerNormalization: {@code gamma (x - mean) / sqrt(variance + epsilon) + beta} with the
 * statistics of each sample along some axes (variance of the population); with {@code rmsScaling}
 * {@code gamma x / sqrt(variance + epsilon)}, which Keras 3 has until 3.15.
 *
 * <p>Weights, of the shape of those axes: gamma if {@code scale} or {@code rmsScaling}, beta if
 * {@code center} and not {@code rmsScaling}.
 *
 * @param castsInput whether the input is brought to the type that the layer computes in first (up
 *     to Keras 2.15), not its result alone
 */
public record LayerNormalization(
    Axes axis,
    double epsilon,
    boolean center,
    boolean scale,
    boolean rmsScaling,
    Initializer betaInitializer,
    Initializer gammaInitializer,
    @Nullable Regularizer betaRegularizer,
    @Nullable Regularizer gammaRegularizer,
    @Nullable Constraint betaConstraint,
    @Nullable Constraint gammaConstraint,
    boolean castsInput)
    implements Layer {

  /** Whether it has a gamma. */
  public boolean hasGamma() {
    return scale || rmsScaling;
  }

  /** Whether it has a beta. */
  public boolean hasBeta() {
    return center && !rmsScaling;
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    Shape shape = call.input().shape();
    // The weights have the axes in the order of the configuration, as Keras makes them.
    long[] sizes =
        axis.values().stream()
            .mapToLong(
                a -> Rules.knownSize(shape, Rules.axis(a, shape.rank()), "the size of axis " + a))
            .toArray();
    List<WeightSpec> weights = new ArrayList<>();
    if (hasGamma()) {
      weights.add(WeightSpec.trainable("gamma", sizes));
    }
    if (hasBeta()) {
      weights.add(WeightSpec.trainable("beta", sizes));
    }
    return weights;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    axis.counted(call.input().rank());
    return List.of(call.input().withDtype(call.computeType()));
  }
}
