package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** TensorFlow's convolutions, pools and patches. */
final class Keras3Windows {

  private Keras3Windows() {}

  static void addTo(ComposedCalls table) {
    table.add("tf.image.extract_patches", Keras3Windows::patches);
    table.add("tf.nn.avg_pool", call -> pool(call, "AveragePool"));
    table.add("tf.nn.max_pool", call -> pool(call, "MaxPool"));
    table.add("tf.nn.conv_transpose", Keras3Windows::transposed);
    table.add("tf.nn.convolution", Keras3Windows::grouped);
    table.add(
        "tf.nn.depthwise_conv2d",
        call -> convolution(call, "DepthwiseConv", call.arg("input"), List.of(call.arg("filter"))));
    table.add(
        "tf.nn.separable_conv2d",
        call ->
            convolution(
                call,
                "SeparableConv",
                call.arg("input"),
                List.of(call.arg("depthwise_filter"), call.arg("pointwise_filter"))));
  }

  /** Keras 3.15 hands its arguments on in another order than TensorFlow takes them. */
  private static Argument transposed(ComposedCall call) {
    throw new Inexpressible(
        "must be the layer of the kind: Keras 3 cannot compute the function of transposed"
            + " convolutions with TensorFlow",
        "tf.nn.conv_transpose of " + call.type("input"));
  }

  static boolean isChannelsFirst(ComposedCall call) {
    return !call.isNone("data_format") && call.text("data_format").startsWith("NC");
  }

  private static String format(ComposedCall call) {
    return isChannelsFirst(call) ? "channels_first" : "channels_last";
  }

  /**
   * A number per spatial axis, or the only one; those of the batch and the channels, where they
   * stand, are 1. Keras does not take lists everywhere.
   */
  private static Object perAxis(ComposedCall call, String name, int rank, boolean first) {
    List<Integer> numbers = call.isNone(name) ? List.of(1) : call.wholes(name);
    if (numbers.size() == rank + 2) {
      numbers = numbers.subList(first ? 2 : 1, first ? rank + 2 : rank + 1);
    }
    return Set.copyOf(numbers).size() == 1 ? (Object) numbers.get(0) : numbers;
  }

  private static Argument patches(ComposedCall call) {
    Argument x = call.arg("images");
    return call.add(
        "ExtractPatches",
        List.of(x),
        "size",
        perAxis(call, "sizes", 2, false),
        "strides",
        perAxis(call, "strides", 2, false),
        "dilation_rate",
        perAxis(call, "rates", 2, false),
        "padding",
        padding(call),
        "data_format",
        "channels_last");
  }

  private static String padding(ComposedCall call) {
    return call.text("padding").toLowerCase(Locale.ROOT);
  }

  private static Argument pool(ComposedCall call, String function) {
    Argument x = call.arg("input");
    int rank = call.rank(x) - 2;
    boolean first = isChannelsFirst(call);
    if (call.literal("padding").isArray()) {
      throw new Inexpressible("must have the 'padding' SAME or VALID", "" + call.arg("padding"));
    }
    return call.add(
        function,
        List.of(x),
        "pool_size",
        perAxis(call, "ksize", rank, first),
        "strides",
        perAxis(call, "strides", rank, first),
        "padding",
        padding(call),
        "data_format",
        format(call));
  }

  /** Groups of channels by kernels of their own, where {@code keras.ops} has one group only. */
  private static Argument grouped(ComposedCall call) {
    Argument x = call.arg("input");
    Argument kernel = call.arg("filters");
    int rank = call.rank(x);
    int axis = isChannelsFirst(call) ? 1 : rank - 1;
    List<Long> sizes = call.sizes(kernel);
    long channels = sizes.get(rank - 2);
    long groups = call.size(x, axis) / channels;
    if (groups <= 1) {
      return convolution(call, "Conv", x, List.of(kernel));
    }
    Argument kernels = call.tensor(kernel);
    long filters = sizes.get(rank - 1) / groups;
    List<Argument> results = new ArrayList<>();
    for (long i = 0; i < groups; i++) {
      Argument own = part(call, x, axis, i * channels, channels);
      Argument filter = part(call, kernels, rank - 1, i * filters, filters);
      results.add(convolution(call, "Conv", own, List.of(filter)));
    }
    return call.add("Concatenate", List.of(new Argument.Items(results)), "axis", axis);
  }

  private static Argument part(ComposedCall call, Argument x, int axis, long begin, long count) {
    Tree taken = Literals.slice(begin, begin + count, null);
    return call.items(x, Literals.along(call.rank(x), axis, taken));
  }

  private static Argument convolution(
      ComposedCall call, String function, Argument x, List<Argument> kernels) {
    int rank = call.rank(x) - 2;
    boolean first = isChannelsFirst(call);
    Tree padding = call.literal("padding");
    List<Argument> operands = new ArrayList<>();
    operands.add(
        padding.isArray()
            ? call.add("Pad", List.of(x), "pad_width", padding, "mode", "constant")
            : x);
    operands.addAll(kernels);
    return call.add(
        function,
        operands,
        "strides",
        perAxis(call, "strides", rank, first),
        "padding",
        padding.isArray() ? "valid" : padding(call),
        "data_format",
        format(call),
        "dilation_rate",
        perAxis(call, "dilations", rank, first));
  }
}
