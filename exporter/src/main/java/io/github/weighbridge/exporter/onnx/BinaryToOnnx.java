package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Functions of two numbers; broadcasting is numpy's in ONNX, too. */
final class BinaryToOnnx implements OnnxTranslator<Binary> {

  private static final int BITWISE_SINCE = 18;

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
      case FMOD -> fmod(step, onnx, x, y);
      case ATAN2 -> new Atan2(step, onnx, dtype).of(x, y);
      case BITWISE_AND -> bitwise("BitwiseAnd", step, onnx, x, y);
      case BITWISE_OR -> bitwise("BitwiseOr", step, onnx, x, y);
      case BITWISE_XOR -> bitwise("BitwiseXor", step, onnx, x, y);
      case SHIFT_LEFT -> shiftLeft(step, onnx, x, y, dtype);
      case SHIFT_RIGHT -> shiftRight(step, onnx, x, y, dtype);
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
    String remainder = fmod(step, onnx, x, y);
    String signs =
        onnx.node(step, "Mul", onnx.node(step, "Sign", remainder), onnx.node(step, "Sign", y));
    String differ = onnx.node(step, "Less", signs, onnx.scalar(dtype, 0));
    return onnx.node(step, "Where", differ, onnx.node(step, "Add", remainder, y), remainder);
  }

  private static String fmod(Step step, OnnxContext onnx, String x, String y) {
    return onnx.node(step, "Mod", List.of(x, y), Map.of("fmod", OnnxAttribute.of(1)));
  }

  private static String bitwise(String opType, Step step, OnnxContext onnx, String x, String y) {
    onnx.requireOpset(BITWISE_SINCE, step, "must not combine bits", "");
    return onnx.node(step, opType, x, y);
  }

  /** A product with a power of two, from a table: BitShift takes unsigned numbers only. */
  private static String shiftLeft(Step step, OnnxContext onnx, String x, String y, DataType dtype) {
    long[] powers = LongStream.range(0, dtype.bits()).map(n -> 1L << n).toArray();
    String table =
        onnx.constants()
            .derived(
                List.of("powers of two", dtype),
                dtype + "/powers",
                () -> WeightRef.of(Tensor.of(powers, powers.length).cast(dtype)));
    return onnx.node(step, "Mul", x, onnx.node(step, "Gather", table, y));
  }

  /** Negative numbers go through their complement, which is not: BitShift knows no sign. */
  private static String shiftRight(
      Step step, OnnxContext onnx, String x, String y, DataType dtype) {
    String negative = onnx.node(step, "Less", x, onnx.scalar(dtype, 0));
    String complement = onnx.node(step, "Sub", onnx.scalar(dtype, -1), x);
    String bits = onnx.node(step, "Where", negative, complement, x);
    String shifted =
        onnx.node(
            step,
            "BitShift",
            List.of(
                onnx.cast(step, bits, dtype, DataType.UINT64),
                onnx.cast(step, y, dtype, DataType.UINT64)),
            Map.of("direction", OnnxAttribute.of("RIGHT")));
    String result = onnx.cast(step, shifted, DataType.UINT64, dtype);
    String back = onnx.node(step, "Sub", onnx.scalar(dtype, -1), result);
    return onnx.node(step, "Where", negative, back, result);
  }
}
