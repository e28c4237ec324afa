package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.Argument;
import java.util.List;

/** Activations and elementary functions that {@code keras.ops} alone has. */
final class TensorFlowActivations {

  private TensorFlowActivations() {}

  static void addTo(ComposedCalls table) {
    activations(table);
    elementary(table);
  }

  private static Argument times(ComposedCall call, Argument x, double factor) {
    return call.add("Multiply", x, Literals.of(factor));
  }

  private static void activations(ComposedCalls table) {
    table.add(
        "Celu",
        call -> {
          Argument x = call.arg("x");
          double alpha = call.number("alpha");
          Argument below = call.add("Minimum", x, Literals.of(0.0));
          Argument curve = times(call, call.add("Expm1", times(call, below, 1 / alpha)), alpha);
          return call.add("Add", call.add("Relu", x), curve);
        });
    table.add(
        "Elu",
        call -> {
          Argument x = call.arg("x");
          if (call.number("alpha") == 1) {
            return call.add("Elu", x);
          }
          Argument below = call.add("Minimum", x, Literals.of(0.0));
          Argument curve = times(call, call.add("Expm1", below), call.number("alpha"));
          return call.add("Add", call.add("Relu", x), curve);
        });
    table.when("Gelu", call -> call.flag("approximate"), TensorFlowActivations::gelu);
    table.add(
        "Glu",
        call -> {
          Argument axis = call.arg("axis");
          List<Argument> halves =
              call.addAll("Split", List.of(call.arg("x")), "indices_or_sections", 2, "axis", axis);
          return call.add("Multiply", halves.get(0), call.add("Sigmoid", halves.get(1)));
        });
    table.add("HardSigmoid", call -> hardSigmoid(call, call.arg("x")));
    table.add(
        "HardSilu", call -> call.add("Multiply", call.arg("x"), hardSigmoid(call, call.arg("x"))));
    table.add("HardTanh", call -> clipped(call, call.arg("x"), -1, 1));
    table.add(
        "HardShrink",
        call -> {
          Argument x = call.arg("x");
          Argument outside = call.add("Greater", call.add("Absolute", x), call.arg("threshold"));
          return call.add("Where", outside, x, call.add("ZerosLike", x));
        });
    table.add(
        "SoftShrink",
        call -> {
          Argument x = call.arg("x");
          double threshold = call.number("threshold");
          return call.add("Subtract", x, clipped(call, x, -threshold, threshold));
        });
    table.add(
        "SparseSigmoid",
        call -> clipped(call, times(call, shifted(call, call.arg("x"), 1), 0.5), 0, 1));
    table.add(
        "Squareplus",
        call -> {
          Argument x = call.arg("x");
          Argument square = call.add("Add", call.add("Square", x), call.arg("b"));
          return times(call, call.add("Add", x, call.add("Sqrt", square)), 0.5);
        });
    table.add(
        "TanhShrink", call -> call.add("Subtract", call.arg("x"), call.add("Tanh", call.arg("x"))));
    table.add(
        "Threshold",
        call -> {
          Argument x = call.arg("x");
          Argument above = call.add("Greater", x, call.arg("threshold"));
          Argument zeros = call.add("ZerosLike", x);
          return call.add("Where", above, x, call.add("Add", zeros, call.arg("default_value")));
        });
  }

  /** By the hyperbolic tangent. */
  private static Argument gelu(ComposedCall call) {
    Argument x = call.arg("x");
    Argument cube = call.add("Multiply", x, call.add("Square", x));
    Argument inner = call.add("Add", x, times(call, cube, 0.044715));
    Argument curve = call.add("Tanh", times(call, inner, Math.sqrt(2 / Math.PI)));
    return call.add("Multiply", times(call, x, 0.5), shifted(call, curve, 1));
  }

  private static Argument shifted(ComposedCall call, Argument x, double by) {
    return call.add("Add", x, Literals.of(by));
  }

  private static Argument clipped(ComposedCall call, Argument x, double least, double most) {
    return call.add(
        "tf.clip_by_value", List.of(x), "clip_value_min", least, "clip_value_max", most);
  }

  private static Argument hardSigmoid(ComposedCall call, Argument x) {
    return times(call, call.add("Relu6", shifted(call, x, 3)), 1.0 / 6);
  }

  private static void elementary(ComposedCalls table) {
    table.add("Deg2rad", call -> scaled(call, Math.PI / 180));
    table.add("Rad2deg", call -> scaled(call, 180 / Math.PI));
    table.add(
        "Exp2",
        call -> {
          Argument x = call.cast(call.arg("x"), call.result().dtype());
          return call.add("Exp", times(call, x, Math.log(2)));
        });
    table.add("Log10", call -> logarithm(call, 10));
    table.add("Log2", call -> logarithm(call, 2));
    table.add(
        "Trunc",
        call -> {
          Argument x = call.arg("x");
          return call.result().dtype().isFloating()
              ? call.add(
                  "Multiply", call.add("Sign", x), call.add("Floor", call.add("Absolute", x)))
              : call.add("Copy", x);
        });
  }

  private static Argument scaled(ComposedCall call, double factor) {
    return times(call, call.cast(call.arg("x"), call.result().dtype()), factor);
  }

  private static Argument logarithm(ComposedCall call, double base) {
    Argument x = call.cast(call.arg("x"), call.result().dtype());
    return times(call, call.add("Log", x), 1 / Math.log(base));
  }
}
