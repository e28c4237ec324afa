package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's EinsumDense: {@code activation(einsum(equation, x, kernel) + bias)}.
 *
 * <p>Weights: kernel, shaped as the equation's second operand; bias if {@code biasAxes}, shaped as
 * the result from the first of these axes on, with size 1 where an axis is none of them.
 *
 * @param outputShape the sizes of the result's axes after the batch (after the unnamed axes, where
 *     these stand first); null where they follow from the input
 * @param equation of the input and the kernel
 * @param biasAxes the axes of the result along which the bias differs; null for no bias
 */
public record EinsumDense(
    List<@Nullable Integer> outputShape,
    EinsumEquation equation,
    Activation activation,
    @Nullable String biasAxes,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    @Nullable Regularizer kernelRegularizer,
    @Nullable Regularizer biasRegularizer,
    @Nullable Regularizer activityRegularizer,
    @Nullable Constraint kernelConstraint,
    @Nullable Constraint biasConstraint)
    implements Layer {

  /** Copies the sizes; refuses equations that are none of an input and a kernel. */
  public EinsumDense {
    outputShape = Collections.unmodifiableList(new ArrayList<>(outputShape));
    Rules.require(
        equation.operands().size() == 2
            && equation.operands().get(1).indexOf(EinsumEquation.ELLIPSIS) < 0,
        "the equation must be one of an input and a kernel, got '" + equation + "'");
    String result = equation.result();
    Rules.require(
        biasAxes == null
            || (!biasAxes.isEmpty()
                && biasAxes.chars().allMatch(axis -> result.indexOf(axis) >= 0)),
        "bias_axes must be axes of the result of '" + equation + "', got '" + biasAxes + "'");
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    Shape x = call.input().shape();
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(WeightSpec.trainable("kernel", kernelSizes(x)));
    if (biasAxes != null) {
      weights.add(WeightSpec.trainable("bias", biasSizes(x, biasAxes)));
    }
    return weights;
  }

  private long[] kernelSizes(Shape x) {
    String kernel = equation.operands().get(1);
    EinsumEquation expanded = equation.expanded(List.of(x.rank(), kernel.length()));
    return kernel.chars().mapToLong(axis -> size((char) axis, x, expanded)).toArray();
  }

  private long[] biasSizes(Shape x, String along) {
    String kernel = equation.operands().get(1);
    EinsumEquation expanded = equation.expanded(List.of(x.rank(), kernel.length()));
    String result = expanded.result();
    int first = along.chars().map(result::indexOf).min().orElse(0);
    return result
        .substring(first)
        .chars()
        .mapToLong(axis -> along.indexOf(axis) < 0 ? 1 : size((char) axis, x, expanded))
        .toArray();
  }

  /** The size of an axis, as the configuration or the input has it. */
  private long size(char axis, Shape x, EinsumEquation expanded) {
    String result = expanded.result();
    boolean unnamedFirst = equation.result().charAt(0) == EinsumEquation.ELLIPSIS;
    int place = result.indexOf(axis) - (unnamedFirst ? result.length() - outputShape.size() : 1);
    Integer stated =
        result.indexOf(axis) >= 0 && place >= 0 && place < outputShape.size()
            ? outputShape.get(place)
            : null;
    if (stated != null) {
      return stated;
    }
    int given = expanded.operands().get(0).indexOf(axis);
    Rules.require(
        given >= 0, "output_shape must have the size of axis '" + axis + "' of '" + equation + "'");
    return Rules.knownSize(x, given, "axis '" + axis + "' of '" + equation + "'");
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    TensorType x = call.input();
    Shape kernel = Shape.of(kernelSizes(x.shape()));
    Shape result = equation.resultShape(List.of(x.shape(), kernel));
    return List.of(new TensorType(call.computeType(), result));
  }
}
