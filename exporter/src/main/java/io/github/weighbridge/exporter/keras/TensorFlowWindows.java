package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.Argument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The convolutions, pools and patches of {@code keras.ops}. */
final class TensorFlowWindows {

  private TensorFlowWindows() {}

  static void addTo(ComposedCalls table) {
    table.add("AveragePool", call -> pool(call, "tf.nn.avg_pool"));
    table.add("MaxPool", call -> pool(call, "tf.nn.max_pool"));
    table.add(
        "Conv",
        call -> {
          Argument x = call.arg("inputs");
          return call.add(
              "tf.nn.convolution",
              List.of(x),
              "filters",
              call.arg("kernel"),
              "strides",
              spatial(call, "strides"),
              "padding",
              padding(call),
              "data_format",
              format(call),
              "dilations",
              spatial(call, "dilation_rate"));
        });
    table.add(
        "DepthwiseConv",
        call ->
            call.add(
                "tf.nn.depthwise_conv2d",
                List.of(image(call, "inputs")),
                "filter",
                call.arg("kernel"),
                "strides",
                all(call, "strides"),
                "padding",
                padding(call),
                "data_format",
                format(call),
                "dilations",
                spatial(call, "dilation_rate")));
    table.add(
        "SeparableConv",
        call ->
            call.add(
                "tf.nn.separable_conv2d",
                List.of(image(call, "inputs")),
                "depthwise_filter",
                call.arg("depthwise_kernel"),
                "pointwise_filter",
                call.arg("pointwise_kernel"),
                "strides",
                all(call, "strides"),
                "padding",
                padding(call),
                "data_format",
                format(call),
                "dilations",
                spatial(call, "dilation_rate")));
    table.add("ExtractPatches", TensorFlowWindows::patches);
  }

  /** TensorFlow has these functions of two spatial axes only. */
  private static Argument image(ComposedCall call, String name) {
    Argument x = call.arg(name);
    if (call.rank(x) != 4) {
      throw new Inexpressible("must have images, in TensorFlow", call.type(x).toString());
    }
    return x;
  }

  private static boolean isFirst(ComposedCall call) {
    return !call.isNone("data_format") && call.text("data_format").equals("channels_first");
  }

  private static String format(ComposedCall call) {
    int rank = call.rank(call.arg("inputs"));
    String letters = "DHW".substring(5 - rank);
    String spatial = rank == 3 ? "W" : letters;
    return isFirst(call) ? "NC" + spatial : "N" + spatial + "C";
  }

  private static String padding(ComposedCall call) {
    return call.text("padding").toUpperCase(Locale.ROOT);
  }

  private static List<Integer> spatial(ComposedCall call, String name) {
    List<Integer> numbers = call.wholes(name);
    int rank = call.rank(call.arg("inputs")) - 2;
    return numbers.size() == 1 ? Collections.nCopies(rank, numbers.get(0)) : numbers;
  }

  /** With those of the batch and the channels, which are 1. */
  private static List<Integer> all(ComposedCall call, String name) {
    List<Integer> all = new ArrayList<>(spatial(call, name));
    all.add(0, 1);
    all.add(isFirst(call) ? 1 : all.size(), 1);
    return all;
  }

  private static Argument pool(ComposedCall call, String function) {
    return call.add(
        function,
        List.of(call.arg("inputs")),
        "ksize",
        spatial(call, "pool_size"),
        "strides",
        call.isNone("strides") ? spatial(call, "pool_size") : spatial(call, "strides"),
        "padding",
        padding(call),
        "data_format",
        format(call));
  }

  private static Argument patches(ComposedCall call) {
    Argument x = call.arg("images");
    if (isFirst(call) || call.rank(x) != 4) {
      throw new Inexpressible(
          "must have a batch of images with channels last, in TensorFlow", call.type(x).toString());
    }
    List<Integer> size = pair(call, "size");
    return call.add(
        "tf.image.extract_patches",
        List.of(x),
        "sizes",
        framed(size),
        "strides",
        framed(call.isNone("strides") ? size : pair(call, "strides")),
        "rates",
        framed(pair(call, "dilation_rate")),
        "padding",
        padding(call));
  }

  private static List<Integer> pair(ComposedCall call, String name) {
    List<Integer> numbers = call.wholes(name);
    return numbers.size() == 1 ? Collections.nCopies(2, numbers.get(0)) : numbers;
  }

  private static List<Integer> framed(List<Integer> numbers) {
    return List.of(1, numbers.get(0), numbers.get(1), 1);
  }
}
