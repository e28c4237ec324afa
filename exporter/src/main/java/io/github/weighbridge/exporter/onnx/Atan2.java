package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.tensor.DataType;

/**
 * The angle of a point, which ONNX has no operator for: the arcus tangent of the smaller coordinate
 * by the larger one lies within an eighth of a turn, mirrors do the rest. Zeros keep their signs,
 * as IEEE 754 has it.
 */
final class Atan2 {

  private final Step step;
  private final OnnxContext onnx;
  private final DataType dtype;

  Atan2(Step step, OnnxContext onnx, DataType dtype) {
    this.step = step;
    this.onnx = onnx;
    this.dtype = dtype;
  }

  /** The angle of the point {@code (x, y)}. */
  String of(String y, String x) {
    String width = node("Abs", x);
    String height = node("Abs", y);
    String larger = node("Max", width, height);
    String smaller = node("Min", width, height);
    // 0 / 0 and infinity / infinity are 0 and 1 here.
    String both = node("Equal", smaller, larger);
    String isZero = node("Equal", larger, number(0));
    String diagonal = node("Where", isZero, number(0), number(1));
    String ratio = node("Where", both, diagonal, node("Div", smaller, larger));
    String eighth = node("Atan", ratio);
    String steep = node("Sub", number(Math.PI / 2), eighth);
    String quarter = node("Where", node("Greater", height, width), steep, eighth);
    String behind = node("Sub", number(Math.PI), quarter);
    String half = node("Where", isNegative(x), behind, quarter);
    return node("Where", isNegative(y), node("Neg", half), half);
  }

  /** Whether a number has a minus sign, which zeros show in their reciprocal only. */
  private String isNegative(String x) {
    String zero = number(0);
    String shown = node("Where", node("Equal", x, zero), node("Reciprocal", x), x);
    return node("Less", shown, zero);
  }

  private String number(double value) {
    return onnx.scalar(dtype, value);
  }

  private String node(String opType, String... inputs) {
    return onnx.node(step, opType, inputs);
  }
}
