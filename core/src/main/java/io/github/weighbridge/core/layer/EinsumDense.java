package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keras's EinsumDense: {@code activation(einsum(equation, x, kernel) + bias)}.
 *
 * <p>Weights: kernel, shaped as the equation's second operand; bias if {@code biasAxes}, shaped as
 * the result from the first of these axes on, with size 1 where an axis is none of them; if
 * quantised, those of {@link QuantizedKernel}.
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
    @Nullable Constraint biasConstraint,
    @Nullable QuantizationConfig quantizationConfig)
    implements QuantizableLayer {

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
    WeightSpec kernel = WeightSpec.trainable("kernel", kernelShape(x).sizes());
    Optional<WeightSpec> bias =
        Optional.ofNullable(biasAxes)
            .map(along -> WeightSpec.trainable("bias", biasSizes(x, along)));
    return call.quantization()
        .map(mode -> quantized(mode, kernel, bias, x))
        .orElseGet(() -> Stream.concat(Stream.of(kernel), bias.stream()).toList());
  }

  private List<WeightSpec> quantized(
      Quantization mode, WeightSpec kernel, Optional<WeightSpec> bias, Shape x) {
    long[] sizes = kernel.shape().sizes();
    long rows =
        switch (mode.mode()) {
          case INT8, INT4, FLOAT8 -> summed(sizes);
          case GPTQ, AWQ -> leading(sizes);
        };
    long columns = Arrays.stream(sizes).reduce(1, Math::multiplyExact) / Math.max(rows, 1);
    return new QuantizedKernel(kernel, bias, rows, columns).weights(mode, scaleSizes(x));
  }

  /** How many elements of the kernel are summed for each of the result. */
  private long summed(long... kernelSizes) {
    String kernel = equation.operands().get(1);
    return IntStream.range(0, kernelSizes.length)
        .filter(axis -> equation.result().indexOf(kernel.charAt(axis)) < 0)
        .mapToLong(axis -> kernelSizes[axis])
        .reduce(1, Math::multiplyExact);
  }

  /** The rows of the matrix that GPTQ and AWQ make of a kernel: its longest axis stays alone. */
  private static long leading(long... kernelSizes) {
    Rules.require(
        kernelSizes.length == 2 || kernelSizes.length == 3,
        "a kernel of 2 or 3 axes is needed, got " + Shape.of(kernelSizes));
    long longest = Arrays.stream(kernelSizes).max().orElse(0);
    return kernelSizes.length == 2 || kernelSizes[0] == longest
        ? kernelSizes[0]
        : Math.multiplyExact(kernelSizes[0], kernelSizes[1]);
  }

  /** The axes of the result that the kernel has; the others have size 1. */
  private long[] scaleSizes(Shape x) {
    String kernel = equation.operands().get(1);
    EinsumEquation expanded = equation.expanded(List.of(x.rank(), kernel.length()));
    return expanded
        .result()
        .chars()
        .mapToLong(axis -> kernel.indexOf(axis) < 0 ? 1 : size((char) axis, x, expanded))
        .toArray();
  }

  @Override
  public Set<Quantization.Mode> quantizationModes() {
    return EnumSet.allOf(Quantization.Mode.class);
  }

  /** The shape of the kernel in the equation, for an input. */
  public Shape kernelShape(Shape x) {
    String kernel = equation.operands().get(1);
    EinsumEquation expanded = equation.expanded(List.of(x.rank(), kernel.length()));
    return Shape.of(kernel.chars().mapToLong(axis -> size((char) axis, x, expanded)).toArray());
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
    Shape result = equation.resultShape(List.of(x.shape(), kernelShape(x.shape())));
    return List.of(new TensorType(call.computeType(), result));
  }
}
