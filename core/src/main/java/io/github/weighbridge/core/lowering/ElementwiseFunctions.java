package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;

/** Functions of one, two or three numbers, element by element. */
final class ElementwiseFunctions {

  private ElementwiseFunctions() {}

  static void addTo(FunctionTable table) {
    same(table, "Absolute", UnaryFunction.ABS);
    same(table, "Negative", UnaryFunction.NEGATE);
    same(table, "Sign", UnaryFunction.SIGN);
    floating(table, "Ceil", UnaryFunction.CEIL);
    floating(table, "Exp", UnaryFunction.EXP);
    floating(table, "Floor", UnaryFunction.FLOOR);
    floating(table, "Log", UnaryFunction.LOG);
    floating(table, "Sqrt", UnaryFunction.SQRT);
    floating(table, "Tanh", UnaryFunction.TANH);
    table.add("LogicalNot(x)", ElementwiseFunctions::logicalNot);
    table.add("Round(x, decimals=0)", ElementwiseFunctions::round);
    table.add("Clip(x, x_min, x_max)", ElementwiseFunctions::clip);

    binary(table, "Add", BinaryFunction.ADD);
    binary(table, "Equal", BinaryFunction.EQUAL);
    binary(table, "FloorDivide", BinaryFunction.FLOOR_DIVIDE);
    binary(table, "Greater", BinaryFunction.GREATER);
    binary(table, "GreaterEqual", BinaryFunction.GREATER_EQUAL);
    binary(table, "Less", BinaryFunction.LESS);
    binary(table, "LessEqual", BinaryFunction.LESS_EQUAL);
    binary(table, "Maximum", BinaryFunction.MAXIMUM);
    binary(table, "Minimum", BinaryFunction.MINIMUM);
    binary(table, "Mod", BinaryFunction.MODULO);
    binary(table, "Multiply", BinaryFunction.MULTIPLY);
    binary(table, "NotEqual", BinaryFunction.NOT_EQUAL);
    binary(table, "Power", BinaryFunction.POWER);
    binary(table, "Subtract", BinaryFunction.SUBTRACT);
    for (String division : List.of("Divide", "TrueDivide")) {
      floatingBinary(table, division, BinaryFunction.DIVIDE);
    }
    logical(table, "LogicalAnd", BinaryFunction.LOGICAL_AND);
    logical(table, "LogicalOr", BinaryFunction.LOGICAL_OR);
    logical(table, "LogicalXor", BinaryFunction.LOGICAL_XOR);

    table.add("Where(condition, x1=None, x2=None)", ElementwiseFunctions::where);
  }

  /** A function whose result has its operand's type. */
  private static void same(FunctionTable table, String name, UnaryFunction function) {
    table.add(name + "(x)", call -> call.unary(function, call.tensor("x")));
  }

  /** A function of floating-point numbers, which whole ones become. */
  private static void floating(FunctionTable table, String name, UnaryFunction function) {
    table.add(name + "(x)", call -> call.unary(function, call.floating("x")));
  }

  private static void binary(FunctionTable table, String name, BinaryFunction function) {
    table.add(name + "(x1, x2)", call -> binary(call, function, call.promoted("x1", "x2")));
  }

  private static void floatingBinary(FunctionTable table, String name, BinaryFunction function) {
    table.add(name + "(x1, x2)", call -> binary(call, function, call.floating("x1", "x2")));
  }

  private static void logical(FunctionTable table, String name, BinaryFunction function) {
    table.add(
        name + "(x1, x2)", call -> binary(call, function, call.as(DataType.BOOL, "x1", "x2")));
  }

  private static Value binary(FunctionCall call, BinaryFunction function, List<Value> operands) {
    return call.binary(function, operands.get(0), operands.get(1));
  }

  private static Value logicalNot(FunctionCall call) {
    return call.unary(UnaryFunction.LOGICAL_NOT, call.as(DataType.BOOL, "x").get(0));
  }

  private static Value round(FunctionCall call) {
    if (call.whole("decimals") != 0) {
      throw call.unsupported("'decimals' must be 0", String.valueOf(call.whole("decimals")));
    }
    return call.unary(UnaryFunction.ROUND, call.tensor("x"));
  }

  private static Value clip(FunctionCall call) {
    Unary clip = new Unary(UnaryFunction.CLIP, call.number("x_min"), call.number("x_max"));
    return call.add("clip", clip, call.tensor("x"));
  }

  private static Value where(FunctionCall call) {
    if (call.isNone("x1") || call.isNone("x2")) {
      throw call.unsupported(
          "both 'x1' and 'x2' must be given", "none: the result's shape depends on the numbers");
    }
    Value condition = call.as(DataType.BOOL, "condition").get(0);
    List<Value> choices = call.promoted("x1", "x2");
    return call.add("where", new Where(), condition, choices.get(0), choices.get(1));
  }
}
