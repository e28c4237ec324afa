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
 * Keras's GroupNormalization: {@code gamma (x - mean) / sqrt(variance + epsilon) + beta} with the
 * statistics of each sample and each group of neighbours on an axis, over every other axis.
 *
 * <p>Weights, each of the axis's size: gamma if {@code scale}, beta if {@code center}.
 *
 * @param groups how many groups; -1 for one of every element of the axis
 * @param castsInput whether the input is brought to the type that the layer computes in first (up
 *     to Keras 2.15), not its result alone
 */
public record GroupNormalization(
    int groups,
    int axis,
    double epsilon,
    boolean center,
    boolean scale,
    Initializer betaInitializer,
    Initializer gammaInitializer,
    @Nullable Regularizer betaRegularizer,
    @Nullable Regularizer gammaRegularizer,
    @Nullable Constraint betaConstraint,
    @Nullable Constraint gammaConstraint,
    boolean castsInput)
    implements Layer {

  /** Refuses numbers of groups that no axis has. */
  public GroupNormalization {
    Rules.require(groups > 0 || groups == -1, "groups must be positive or -1, got " + groups);
  }

  /** The axis in an input, counted from 0. */
  public int countedAxis(Shape shape) {
    int counted = Rules.axis(axis, shape.rank());
    Rules.require(counted > 0, "axis must not be that of the batch");
    return counted;
  }

  /** How many groups an input has; its axis is known and a multiple of them. */
  public long groupsOf(Shape shape) {
    long size = Rules.knownSize(shape, countedAxis(shape), "the size of axis " + axis);
    long count = groups == -1 ? size : groups;
    Rules.require(
        size > 0 && size % count == 0,
        "axis " + axis + " of size " + size + " cannot be split into " + count + " groups");
    return count;
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    Shape shape = call.input().shape();
    groupsOf(shape);
    long size = shape.dim(countedAxis(shape)).size();
    List<WeightSpec> weights = new ArrayList<>();
    if (scale) {
      weights.add(WeightSpec.trainable("gamma", size));
    }
    if (center) {
      weights.add(WeightSpec.trainable("beta", size));
    }
    return weights;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    groupsOf(call.input().shape());
    return List.of(call.input().withDtype(call.computeType()));
  }
}
