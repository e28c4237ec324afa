package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.PoolingKind;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.layer.TransposedWindow;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.op.BatchNormalization;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.ConvTranspose;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Convolutions and pools of images, whose kernels may be computed, and their normalization. */
final class WindowFunctions {

  private static final String OPTIONS =
      ", strides=1, padding='valid', data_format=None, dilation_rate=1)";

  private WindowFunctions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "AdaptiveAveragePool(inputs, output_size, data_format=None)",
        call -> adaptivePool(call, PoolingKind.AVERAGE));
    table.add(
        "AdaptiveMaxPool(inputs, output_size, data_format=None)",
        call -> adaptivePool(call, PoolingKind.MAX));
    table.add(
        "AveragePool(inputs, pool_size, strides=None, padding='valid', data_format=None)",
        call -> pool(call, Pool.Kind.AVERAGE));
    table.add(
        "BatchNorm(x, mean, variance, offset=None, scale=None, axis, epsilon=0.001)",
        WindowFunctions::batchNormalization);
    table.add("Conv(inputs, kernel" + OPTIONS, WindowFunctions::convolution);
    table.add(
        "ConvTranspose(inputs, kernel, strides=1, padding='valid', output_padding=None,"
            + " data_format=None, dilation_rate=1)",
        WindowFunctions::transposedConvolution);
    table.add(
        "DepthwiseConv(inputs, kernel" + OPTIONS,
        call -> {
          List<Value> operands = call.floating("inputs", "kernel");
          return depthwise(call, operands.get(0), operands.get(1));
        });
    table.add(
        "MaxPool(inputs, pool_size, strides=None, padding='valid', data_format=None)",
        call -> pool(call, Pool.Kind.MAX));
    table.add(
        "SeparableConv(inputs, depthwise_kernel, pointwise_kernel" + OPTIONS,
        WindowFunctions::separable);
  }

  static DataFormat format(FunctionCall call) {
    return call.isNone("data_format")
        ? DataFormat.CHANNELS_LAST
        : named(DataFormat.class, call, "data_format");
  }

  static WindowPadding padding(FunctionCall call) {
    WindowPadding padding = named(WindowPadding.class, call, "padding");
    Rules.require(padding != WindowPadding.CAUSAL, "'padding' must be valid or same, is causal");
    return padding;
  }

  private static <E extends Enum<E>> E named(Class<E> type, FunctionCall call, String name) {
    String text = call.text(name).toUpperCase(Locale.ROOT);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("'" + name + "' must not be " + call.literal(name)));
  }

  /** A number for each spatial axis of an image; a single one is for all. */
  static List<Integer> perAxis(FunctionCall call, String name, Value image) {
    Tree own = call.literal(name);
    int rank = image.type().rank() - 2;
    List<Integer> numbers =
        own.isArray() ? call.wholes(name) : Collections.nCopies(rank, call.whole(name));
    Rules.require(
        numbers.size() == rank && numbers.stream().allMatch(number -> number > 0),
        "'" + name + "' must have a positive number for each of " + rank + " axes, is " + own);
    return numbers;
  }

  private static Value pool(FunctionCall call, Pool.Kind kind) {
    Value x = call.floating("inputs");
    List<Integer> size = perAxis(call, "pool_size", x);
    List<Integer> strides = call.isNone("strides") ? size : perAxis(call, "strides", x);
    Shape image = x.type().shape();
    Window window = Windows.pool(image, format(call), size, strides, padding(call));
    return call.add("pool", new Pool(kind, window, format(call).channelAxis(image.rank())), x);
  }

  private static Value adaptivePool(FunctionCall call, PoolingKind kind) {
    Value x = call.floating("inputs");
    return AdaptivePools.pool(call, x, kind, perAxis(call, "output_size", x), format(call));
  }

  /** The window of a kernel {@code [k..., in, out]}. */
  private static Window window(FunctionCall call, Value x, Value kernel) {
    Rules.require(
        kernel.type().rank() == x.type().rank() && x.type().rank() > 2,
        "a kernel " + kernel.type() + " does not fit " + x.type());
    return Windows.of(
        x.type().shape(),
        format(call),
        KernelFunctions.size(kernel),
        perAxis(call, "strides", x),
        perAxis(call, "dilation_rate", x),
        padding(call));
  }

  private static Value transposedConvolution(FunctionCall call) {
    List<Value> operands = call.floating("inputs", "kernel");
    Value x = operands.get(0);
    Value kernel = operands.get(1);
    Rules.require(
        kernel.type().rank() == x.type().rank() && x.type().rank() > 2,
        "a kernel " + kernel.type() + " does not fit " + x.type());
    TransposedWindow window =
        new TransposedWindow(
            KernelFunctions.size(kernel),
            perAxis(call, "strides", x),
            perAxis(call, "dilation_rate", x),
            padding(call),
            call.isNone("output_padding") ? null : paddings(call, x));
    int channelAxis = format(call).channelAxis(x.type().rank());
    ConvTranspose conv = TransposedConvolutionLowering.operation(window, channelAxis);
    return call.add("conv_transpose", conv, x, kernel);
  }

  private static List<Integer> paddings(FunctionCall call, Value image) {
    List<Integer> own = call.wholes("output_padding");
    int rank = image.type().rank() - 2;
    List<Integer> paddings = own.size() == 1 ? Collections.nCopies(rank, own.get(0)) : own;
    Rules.require(
        paddings.size() == rank && paddings.stream().allMatch(padding -> padding >= 0),
        "'output_padding' must have a size for each of " + rank + " axes, is " + own);
    return paddings;
  }

  private static Value convolution(FunctionCall call) {
    List<Value> operands = call.floating("inputs", "kernel");
    Value x = operands.get(0);
    Value kernel = operands.get(1);
    return KernelFunctions.convolution(
        call, window(call, x, kernel), channelAxis(call, x), x, kernel);
  }

  private static Value depthwise(FunctionCall call, Value x, Value kernel) {
    return KernelFunctions.depthwise(
        call, window(call, x, kernel), channelAxis(call, x), x, kernel);
  }

  private static Value separable(FunctionCall call) {
    List<Value> operands = call.floating("inputs", "depthwise_kernel", "pointwise_kernel");
    Value channels = depthwise(call, operands.get(0), operands.get(1));
    return KernelFunctions.pointwise(call, channelAxis(call, channels), channels, operands.get(2));
  }

  private static int channelAxis(FunctionCall call, Value image) {
    return format(call).channelAxis(image.type().rank());
  }

  private static Value batchNormalization(FunctionCall call) {
    List<Value> operands = call.floating("x", "mean", "variance");
    Value x = operands.get(0);
    Value mean = operands.get(1);
    Value variance = operands.get(2);
    int axis = call.axis("axis", x);
    double epsilon = call.number("epsilon");
    Value scale = orFilled(call, "scale", 1, mean);
    Value offset = orFilled(call, "offset", 0, mean);
    if (Stream.of("mean", "variance", "scale", "offset").noneMatch(call::isComputed)) {
      BatchNormalization op = new BatchNormalization(epsilon, axis);
      return call.add("normalize", op, x, scale, offset, mean, variance);
    }
    Value deviation =
        call.unary(UnaryFunction.SQRT, call.binary(BinaryFunction.ADD, variance, epsilon));
    Value factor = call.binary(BinaryFunction.DIVIDE, scale, deviation);
    Value apart = call.binary(BinaryFunction.SUBTRACT, x, along(call, mean, x, axis));
    Value scaled = call.binary(BinaryFunction.MULTIPLY, apart, along(call, factor, x, axis));
    return call.binary(BinaryFunction.ADD, scaled, along(call, offset, x, axis));
  }

  /** A vector with axes of size 1 behind, so that it stands along an axis. */
  private static Value along(FunctionCall call, Value vector, Value x, int axis) {
    List<Integer> added = IntStream.range(1, x.type().rank() - axis).boxed().toList();
    return added.isEmpty() ? vector : call.add("along", new Unsqueeze(added), vector);
  }

  private static Value orFilled(FunctionCall call, String name, double value, Value like) {
    if (!call.isNone(name)) {
      return call.as(like.type().dtype(), name).get(0);
    }
    DataType dtype = like.type().dtype();
    return like.type().shape().isFixed()
        ? call.constant(name, WeightRef.filled(dtype, value, like.type().shape().sizes()))
        : call.filledLike(like, value);
  }
}
