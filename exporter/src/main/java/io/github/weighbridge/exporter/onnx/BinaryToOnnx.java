package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;

/** Functions of two numbers; broadcasting is numpy's in ONNX, too. */
final class BinaryToOnnx implements OnnxTranslator<Binary> {

  @Override
  public void translate(Binary op, Step step, OnnxContext onnx) {
    DataType dtype = onnx.dtype(step.operand(0));
    DataType computed = computedType(op.function(), dtype);
    String x = onnx.cast(step, onnx.in(step, 0), dtype, computed);
    String y = onnx.cast(step, onnx.in(step, 1), dtype, computed);
    String result = compute(op.function(), step, onnx, x, y, computed);
    onnx.bind(
        step.output(),
        op.function().isPredicate() ? result : onnx.cast(step, result, computed, dtype));
  }

  private static DataType computedType(BinaryFunction function, DataType dtype) {
    boolean asTheyAre =
        function.isLogical()
            || (dtype == DataType.BOOL
                && (function == BinaryFunction.EQUAL || function == BinaryFunction.NOT_EQUAL));
    return asTheyAre ? dtype : OnnxPrecision.arithmetic(dtype);
  }

  private static String compute(
      BinaryFunction function, Step step, OnnxContext onnx, String x, String y, DataType dtype) {
    return switch (function) {
      case ADD -> onnx.node(step, "Add", x, y);
      case SUBTRACT -> onnx.node(step, "Sub", x, y);
      case MULTIPLY -> onnx.node(step, "Mul", x, y);
      case DIVIDE -> onnx.node(step, "Div", x, y);
      case POWER -> onnx.node(step, "Pow", x, y);
      case MAXIMUM -> onnx.node(step, "Max", x, y);
      case MINIMUM -> onnx.node(step, "Min", x, y);
      case FLOOR_DIVIDE -> floorDivide(step, onnx, x, y, dtype);
      case MODULO -> modulo(step, onnx, x, y, dtype);
      case EQUAL -> onnx.node(step, "Equal", x, y);
      case NOT_EQUAL -> onnx.node(step, "Not", onnx.node(step, "Equal", x, y));
      case LESS -> onnx.node(step, "Less", x, y);
      case LESS_EQUAL -> onnx.node(step, "LessOrEqual", x, y);
      case GREATER -> onnx.node(step, "Greater", x, y);
      case GREATER_EQUAL -> onnx.node(step, "GreaterOrEqual", x, y);
      case LOGICAL_AND -> onnx.node(step, "And", x, y);
      case LOGICAL_OR -> onnx.node(step, "Or", x, y);
      case LOGICAL_XOR -> onnx.node(step, "Xor", x, y);
    };
  }

  private static String floorDivide(
      Step step, OnnxContext onnx, String x, String y, DataType dtype) {
    if (dtype.isFloating()) {
      return onnx.node(step, "Floor", onnx.node(step, "Div", x, y));
    }
    // Whole numbers are divided towards zero; without the remainder there is nothing to round.
    String whole = onnx.node(step, "Sub", x, modulo(step, onnx, x, y, dtype));
    return onnx.node(step, "Div", whole, y);
  }

  /** The remainder with the sign of the divisor. */
  private static String modulo(Step step, OnnxContext onnx, String x, String y, DataType dtype) {
    if (!dtype.isFloating()) {
      return onnx.node(step, "Mod", List.of(x, y), Map.of("fmod", OnnxAttribute.of(0)));
    }
    // For floating-point numbers Mod is C's fmod, with the sign of the dividend.
    String multiple = onnx.node(step, "Mul", floorDivide(step, onnx, x, y, dtype), y);
    return onnx.node(step, "Sub", x, multiple);
  }
}
