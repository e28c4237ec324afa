package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.EinsumDense;
import io.github.weighbridge.core.layer.EinsumEquation;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * EinsumDense to DenseLayer on rows of the axes that are summed, where these are the same in input
 * and kernel.
 */
final class EinsumDenseWriter implements LayerWriter<EinsumDense> {

  @Override
  public String write(EinsumDense layer, LayerCall call) {
    Shape kernelShape = call.weight("kernel").type().shape();
    EinsumEquation equation =
        layer.equation().expanded(List.of(call.inputShape().rank(), kernelShape.rank()));
    String input = equation.operands().get(0);
    String kernel = equation.operands().get(1);
    String kept = without(input, kernel);
    String summed = without(input, kept);
    String made = without(kernel, input);
    boolean isProduct =
        summed.chars().allMatch(axis -> equation.result().indexOf(axis) < 0)
            && without(kept + made, equation.result()).isEmpty()
            && equation.result().charAt(0) == input.charAt(0);
    Activations.Mapped activation = call.activation(layer.activation());
    boolean isSeparate = layer.biasAxes() == null || without(layer.biasAxes(), made).isEmpty();
    boolean alongLast =
        !layer.activation().name().equals("softmax") || made.equals(last(equation.result()));
    if (!call.require(
            isProduct && isSeparate && alongLast,
            "must sum the axes that input and kernel share, and no others",
            layer.equation())
        || !call.require(
            made.length() == 1 || call.outputShape().slice(1, call.outputShape().rank()).isFixed(),
            "must have an input of known sizes",
            call.inputShape())) {
      return call.input();
    }
    Optional<RowLayout> layout =
        RowLayout.of(call, summed.chars().mapToObj(input::indexOf).toList());
    if (layout.isEmpty()) {
      return call.input();
    }
    Rows rows = layout.get().rows();
    long[] sizes =
        made.chars().mapToLong(axis -> kernelShape.dim(kernel.indexOf(axis)).size()).toArray();
    WeightRef matrix =
        call.weight("kernel")
            .transposed((summed + made).chars().map(kernel::indexOf).toArray())
            .reshaped(rows.size(), Shape.elementCount(sizes));
    Rows product = rows.dense("", activation, matrix, bias(layer, call, made, sizes));
    return ordered(
        call, layout.get().arrayWithRowsLast("/array", product, sizes), kept + made, equation);
  }

  /** An array with its axes in the order of the result. */
  private static String ordered(
      LayerCall call, String array, String axes, EinsumEquation equation) {
    int[] order = equation.result().substring(1).chars().map(axes::indexOf).toArray();
    boolean same = equation.result().equals(axes);
    return same
        ? array
        : call.network()
            .preProcessor(call.name() + "/ordered", PreProcessors.permute(order), array);
  }

  /** The bias of every element that the kernel makes. */
  private static Optional<WeightRef> bias(
      EinsumDense layer, LayerCall call, String made, long... sizes) {
    String along = layer.biasAxes();
    if (along == null) {
      return Optional.empty();
    }
    if (along.length() < made.length()) {
      call.drops("trains a bias for each element", "bias_axes " + along);
    }
    long[] own =
        IntStream.range(0, sizes.length)
            .mapToLong(i -> along.indexOf(made.charAt(i)) < 0 ? 1 : sizes[i])
            .toArray();
    WeightRef bias = call.weight("bias").reshaped(own).broadcastTo(sizes);
    return Optional.of(bias.reshaped(Arrays.stream(sizes).reduce(1, (a, b) -> a * b)));
  }

  private static String last(String axes) {
    return axes.substring(axes.length() - 1);
  }

  /** The axes of one operand that another has not. */
  private static String without(String axes, String others) {
    return axes.chars()
        .filter(axis -> others.indexOf(axis) < 0)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
