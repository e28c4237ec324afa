package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;

/** The images of {@code keras.ops}: TensorFlow's have channels last. */
final class TensorFlowImages {

  private TensorFlowImages() {}

  static void addTo(ComposedCalls table) {
    table.add("Resize", TensorFlowImages::resized);
  }

  private static Argument resized(ComposedCall call) {
    for (String option : List.of("crop_to_aspect_ratio", "pad_to_aspect_ratio")) {
      if (call.flag(option)) {
        throw new Inexpressible("must have '" + option + "' false, in TensorFlow", "true");
      }
    }
    Argument x = call.arg("images");
    boolean first =
        !call.isNone("data_format") && call.text("data_format").equals("channels_first");
    boolean batch = call.rank(x) == 4;
    Argument own = first ? arranged(call, x, batch ? List.of(0, 2, 3, 1) : List.of(1, 2, 0)) : x;
    Argument resized =
        call.add(
            "tf.image.resize",
            List.of(own),
            "size",
            call.arg("size"),
            "method",
            call.arg("interpolation"),
            "antialias",
            call.flag("antialias"));
    Argument whole = rounded(call, resized);
    return first ? arranged(call, whole, batch ? List.of(0, 3, 1, 2) : List.of(2, 0, 1)) : whole;
  }

  private static Argument arranged(ComposedCall call, Argument x, List<Integer> axes) {
    return call.add("Transpose", List.of(x), "axes", axes);
  }

  /** Bytes are rounded, where TensorFlow's results stay fractions. */
  private static Argument rounded(ComposedCall call, Argument x) {
    boolean bytes = call.result().dtype() == DataType.UINT8;
    if (!bytes || call.type(x).dtype() == DataType.UINT8) {
      return x;
    }
    Argument near = call.add("Round", x);
    return call.add(
        "tf.clip_by_value", List.of(near), "clip_value_min", 0.0, "clip_value_max", 255.0);
  }
}
