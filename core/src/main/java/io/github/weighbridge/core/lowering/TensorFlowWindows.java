package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.ConvTranspose;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** TensorFlow's convolutions and pools. */
final class TensorFlowWindows {

  /** The product of a kernel with a row for each element stays within 64 MB. */
  private static final int LARGEST = 1 << 12;

  private TensorFlowWindows() {}

  static void addTo(FunctionTable table) {
    String pool = "(input, ksize, strides, padding, data_format=None)";
    table.add("tf.nn.avg_pool" + pool, call -> pool(call, Pool.Kind.AVERAGE));
    table.add("tf.nn.max_pool" + pool, call -> pool(call, Pool.Kind.MAX));
    table.add(
        "tf.image.extract_patches(images, sizes, strides, rates, padding)",
        TensorFlowWindows::patches);
    table.add(
        "tf.nn.convolution(input, filters, strides=1, padding='VALID', data_format=None,"
            + " dilations=1)",
        TensorFlowWindows::convolution);
    table.add(
        "tf.nn.conv_transpose(input, filters, output_shape=None, strides, padding='SAME',"
            + " data_format=None, dilations=1)",
        TensorFlowWindows::transposed);
    table.add(
        "tf.nn.depthwise_conv2d(input, filter, strides, padding, data_format=None, dilations=1)",
        call -> {
          List<Value> operands = call.promoted("input", "filter");
          return depthwise(call, operands.get(0), operands.get(1));
        });
    table.add(
        "tf.nn.separable_conv2d(input, depthwise_filter, pointwise_filter, strides, padding,"
            + " data_format=None, dilations=1)",
        TensorFlowWindows::separable);
  }

  /** NHWC and its like: channels are last unless they stand behind the batch. */
  static DataFormat format(FunctionCall call) {
    return call.has("data_format")
            && !call.isNone("data_format")
            && call.text("data_format").startsWith("NC")
        ? DataFormat.CHANNELS_FIRST
        : DataFormat.CHANNELS_LAST;
  }

  /** A number per spatial axis; those of the batch and the channels, where they stand, are 1. */
  private static List<Integer> perAxis(FunctionCall call, String name, int spatialRank) {
    if (call.isNone(name)) {
      return Collections.nCopies(spatialRank, 1);
    }
    List<Integer> numbers = call.wholes(name);
    Tree own = call.literal(name);
    if (numbers.size() == spatialRank + 2) {
      int first = format(call) == DataFormat.CHANNELS_FIRST ? 2 : 1;
      List<Integer> rest = new ArrayList<>(numbers);
      List<Integer> spatial = rest.subList(first, first + spatialRank);
      numbers = List.copyOf(spatial);
      spatial.clear();
      Rules.require(
          rest.equals(List.of(1, 1)), "'" + name + "' must be 1 for batch and channels, is " + own);
    }
    Rules.require(
        (numbers.size() == 1 || numbers.size() == spatialRank)
            && numbers.stream().allMatch(number -> number > 0),
        "'" + name + "' must have a positive number for each axis, is " + own);
    return numbers.size() == 1 ? Collections.nCopies(spatialRank, numbers.get(0)) : numbers;
  }

  private static Window window(
      FunctionCall call, Value x, List<Integer> size, List<Integer> dilations) {
    int rank = x.type().rank() - 2;
    List<Integer> strides = perAxis(call, "strides", rank);
    if (call.literal("padding").isArray()) {
      return new Window(size, strides, dilations, explicit(call, rank));
    }
    WindowPadding padding =
        switch (call.text("padding")) {
          case "SAME" -> WindowPadding.SAME;
          case "VALID" -> WindowPadding.VALID;
          default ->
              throw new IllegalArgumentException(
                  "'padding' must be SAME or VALID, is " + call.text("padding"));
        };
    return Windows.of(x.type().shape(), format(call), size, strides, dilations, padding);
  }

  /** A pair for each axis, those of batch and channels included. */
  private static Padding explicit(FunctionCall call, int rank) {
    List<Long> begin = new ArrayList<>();
    List<Long> end = new ArrayList<>();
    ArrangementFunctions.widths(call, "padding", rank + 2, begin, end);
    int first = format(call) == DataFormat.CHANNELS_FIRST ? 2 : 1;
    return Padding.of(
        begin.subList(first, first + rank).stream().map(Math::toIntExact).toList(),
        end.subList(first, first + rank).stream().map(Math::toIntExact).toList());
  }

  private static Value pool(FunctionCall call, Pool.Kind kind) {
    Value x = call.tensor("input");
    int rank = x.type().rank() - 2;
    Window window = window(call, x, perAxis(call, "ksize", rank), Collections.nCopies(rank, 1));
    return call.add("pool", new Pool(kind, window, format(call).channelAxis(rank + 2)), x);
  }

  private static Window window(FunctionCall call, Value x, Value kernel) {
    int rank = x.type().rank() - 2;
    Rules.require(
        kernel.type().rank() == rank + 2 && rank > 0,
        "a kernel " + kernel.type() + " does not fit " + x.type());
    return window(call, x, KernelFunctions.size(kernel), perAxis(call, "dilations", rank));
  }

  private static Value convolution(FunctionCall call) {
    List<Value> operands = call.promoted("input", "filters");
    Value x = operands.get(0);
    Value kernel = operands.get(1);
    return KernelFunctions.convolution(
        call, window(call, x, kernel), channelAxis(call, x), x, kernel);
  }

  /** Every window's elements as channels: a convolution by kernels of a single 1 each. */
  private static Value patches(FunctionCall call) {
    Value x = call.tensor("images");
    int rank = x.type().rank() - 2;
    List<Integer> sizes = perAxis(call, "sizes", rank);
    long[] kernel = new long[rank + 2];
    Arrays.setAll(kernel, i -> i < rank ? sizes.get(i) : call.knownSize(x, rank + 1));
    long count = Shape.elementCount(Arrays.copyOf(kernel, rank + 1));
    kernel[rank + 1] = count;
    if (count > LARGEST) {
      throw call.unsupported(
          "a window must have at most " + LARGEST + " elements", Long.toString(count));
    }
    float[] ones = new float[Math.toIntExact(count * count)];
    for (int i = 0; i < count; i++) {
      ones[Math.toIntExact(i * count + i)] = 1;
    }
    Tensor weights = Tensor.of(ones, kernel).cast(x.type().dtype());
    Window window = window(call, x, sizes, perAxis(call, "rates", rank));
    Conv conv = new Conv(window, 1, rank + 1);
    return call.add("patches", conv, x, call.constant("one_each", weights));
  }

  private static Value depthwise(FunctionCall call, Value x, Value kernel) {
    return KernelFunctions.depthwise(
        call, window(call, x, kernel), channelAxis(call, x), x, kernel);
  }

  private static Value separable(FunctionCall call) {
    List<Value> operands = call.promoted("input", "depthwise_filter", "pointwise_filter");
    Value channels = depthwise(call, operands.get(0), operands.get(1));
    return KernelFunctions.pointwise(call, channelAxis(call, channels), channels, operands.get(2));
  }

  private static int channelAxis(FunctionCall call, Value image) {
    return format(call).channelAxis(image.type().rank());
  }

  /**
   * The gradient of a convolution that makes the input of the output: what its padding adds is cut
   * off here.
   */
  private static Value transposed(FunctionCall call) {
    List<Value> operands = call.promoted("input", "filters");
    Value x = operands.get(0);
    Value kernel = operands.get(1);
    int rank = x.type().rank() - 2;
    int axis = format(call).channelAxis(rank + 2);
    List<Integer> size = KernelFunctions.size(kernel);
    List<Integer> strides = perAxis(call, "strides", rank);
    List<Integer> dilations = perAxis(call, "dilations", rank);
    List<ComputedSizes.Size> output = new ComputedSizes(call).of(call.argument("output_shape"));
    Rules.require(
        output.size() == rank + 2, "'output_shape' must have a size for each axis of " + x.type());
    List<Integer> begin = new ArrayList<>();
    List<Integer> end = new ArrayList<>();
    List<Integer> added = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      int at = Window.spatialAxis(i, axis);
      if (!(output.get(at) instanceof ComputedSizes.Size.Known own)) {
        throw call.unknownSize("'output_shape' must be known", "a number that the model computes");
      }
      int extent = (size.get(i) - 1) * dilations.get(i) + 1;
      boolean same = call.text("padding").equals("SAME");
      int total = same ? Window.sameTotal(own.number(), extent, strides.get(i)) : 0;
      long whole = (call.knownSize(x, at) - 1) * strides.get(i) + extent - total;
      // What the convolution leaves over at the end.
      long left = own.number() - whole;
      Rules.require(left >= 0 && left < strides.get(i), "'output_shape' does not fit " + x.type());
      begin.add(total / 2);
      end.add(total - total / 2);
      added.add(Math.toIntExact(left));
    }
    Window window = new Window(size, strides, dilations, Padding.of(begin, end));
    return call.add("conv_transpose", new ConvTranspose(window, added, axis), x, kernel);
  }
}
