package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;

/** Functions of one or two numbers, element by element, that are an operation each. */
final class ElementwiseFunctions {

  private ElementwiseFunctions() {}

  static void addTo(FunctionTable table) {
    oneNumber(table);
    twoNumbers(table);
  }

  private static void oneNumber(FunctionTable table) {
    for (String absolute : List.of("Abs", "Absolute")) {
      table.add(absolute + "(x)", call -> ofNumbers(call, UnaryFunction.ABS, call.tensor("x")));
    }
    floating(table, "Arccos", UnaryFunction.ACOS);
    floating(table, "Arccosh", UnaryFunction.ACOSH);
    floating(table, "Arcsin", UnaryFunction.ASIN);
    floating(table, "Arcsinh", UnaryFunction.ASINH);
    floating(table, "Arctan", UnaryFunction.ATAN);
    floating(table, "Arctanh", UnaryFunction.ATANH);
    for (String invert : List.of("BitwiseInvert", "BitwiseNot")) {
      table.add(invert + "(x)", ElementwiseFunctions::invert);
    }
    floating(table, "Ceil", UnaryFunction.CEIL);
    floating(table, "Cos", UnaryFunction.COS);
    floating(table, "Cosh", UnaryFunction.COSH);
    floating(table, "Erf", UnaryFunction.ERF);
    floating(table, "Exp", UnaryFunction.EXP);
    floating(table, "Expm1", UnaryFunction.EXPM1);
    floating(table, "Fabs", UnaryFunction.ABS);
    floating(table, "Floor", UnaryFunction.FLOOR);
    floating(table, "Log", UnaryFunction.LOG);
    floating(table, "Log1p", UnaryFunction.LOG1P);
    table.add(
        "LogicalNot(x)",
        call -> call.unary(UnaryFunction.LOGICAL_NOT, call.as(DataType.BOOL, "x").get(0)));
    same(table, "Negative", UnaryFunction.NEGATE);
    same(table, "Reciprocal", UnaryFunction.RECIPROCAL);
    same(table, "Sign", UnaryFunction.SIGN);
    floating(table, "Sin", UnaryFunction.SIN);
    floating(table, "Sinh", UnaryFunction.SINH);
    floating(table, "Sqrt", UnaryFunction.SQRT);
    floating(table, "Tan", UnaryFunction.TAN);
    floating(table, "Tanh", UnaryFunction.TANH);
    table.add("Trunc(x)", call -> ofNumbers(call, UnaryFunction.TRUNC, call.tensor("x")));
  }

  private static void twoNumbers(FunctionTable table) {
    promoted(table, "Add", BinaryFunction.ADD);
    promoted(table, "FloorDivide", BinaryFunction.FLOOR_DIVIDE);
    promoted(table, "Maximum", BinaryFunction.MAXIMUM);
    promoted(table, "Minimum", BinaryFunction.MINIMUM);
    promoted(table, "Multiply", BinaryFunction.MULTIPLY);
    promoted(table, "Power", BinaryFunction.POWER);
    promoted(table, "Subtract", BinaryFunction.SUBTRACT);

    converted(table, "Equal", BinaryFunction.EQUAL);
    converted(table, "Fmod", BinaryFunction.FMOD);
    converted(table, "Greater", BinaryFunction.GREATER);
    converted(table, "GreaterEqual", BinaryFunction.GREATER_EQUAL);
    converted(table, "Less", BinaryFunction.LESS);
    converted(table, "LessEqual", BinaryFunction.LESS_EQUAL);
    converted(table, "Mod", BinaryFunction.MODULO);
    converted(table, "NotEqual", BinaryFunction.NOT_EQUAL);

    for (String division : List.of("Divide", "TrueDivide")) {
      table.add(
          division + "(x1, x2)",
          call -> apply(call, BinaryFunction.DIVIDE, call.floating("x1", "x2")));
    }
    table.add(
        "Arctan2(x1, x2)", call -> apply(call, BinaryFunction.ATAN2, call.floating("x1", "x2")));

    logical(table, "LogicalAnd", BinaryFunction.LOGICAL_AND);
    logical(table, "LogicalOr", BinaryFunction.LOGICAL_OR);
    logical(table, "LogicalXor", BinaryFunction.LOGICAL_XOR);

    bitwise(table, BinaryFunction.BITWISE_AND, "BitwiseAnd");
    bitwise(table, BinaryFunction.BITWISE_OR, "BitwiseOr");
    bitwise(table, BinaryFunction.BITWISE_XOR, "BitwiseXor");
    bitwise(table, BinaryFunction.SHIFT_LEFT, "BitwiseLeftShift", "LeftShift");
    bitwise(table, BinaryFunction.SHIFT_RIGHT, "BitwiseRightShift", "RightShift");
  }

  /** A function whose result has its operand's type. */
  private static void same(FunctionTable table, String name, UnaryFunction function) {
    table.add(name + "(x)", call -> call.unary(function, call.tensor("x")));
  }

  /** A function of floating-point numbers, which whole ones become. */
  private static void floating(FunctionTable table, String name, UnaryFunction function) {
    table.add(name + "(x)", call -> call.unary(function, call.floating("x")));
  }

  private static void promoted(FunctionTable table, String name, BinaryFunction function) {
    table.add(name + "(x1, x2)", call -> apply(call, function, call.promoted("x1", "x2")));
  }

  private static void converted(FunctionTable table, String name, BinaryFunction function) {
    table.add(name + "(x1, x2)", call -> apply(call, function, call.converted("x1", "x2")));
  }

  private static void logical(FunctionTable table, String name, BinaryFunction function) {
    table.add(name + "(x1, x2)", call -> apply(call, function, call.as(DataType.BOOL, "x1", "x2")));
  }

  /** Bits of whole numbers; booleans are logical there. */
  private static void bitwise(FunctionTable table, BinaryFunction function, String... names) {
    for (String name : names) {
      table.add(name + "(x, y)", call -> bitwise(call, function));
    }
  }

  private static Value bitwise(FunctionCall call, BinaryFunction function) {
    List<Value> operands = call.promoted("x", "y");
    boolean logical = operands.get(0).type().dtype() == DataType.BOOL;
    return switch (function) {
      case BITWISE_AND -> apply(call, logical ? BinaryFunction.LOGICAL_AND : function, operands);
      case BITWISE_OR -> apply(call, logical ? BinaryFunction.LOGICAL_OR : function, operands);
      case BITWISE_XOR -> apply(call, logical ? BinaryFunction.LOGICAL_XOR : function, operands);
      default -> apply(call, function, operands);
    };
  }

  private static Value apply(FunctionCall call, BinaryFunction function, List<Value> operands) {
    return call.binary(function, operands.get(0), operands.get(1));
  }

  /** Booleans are whole and never negative. */
  private static Value ofNumbers(FunctionCall call, UnaryFunction function, Value x) {
    return x.type().dtype() == DataType.BOOL ? x : call.unary(function, x);
  }

  /** Every bit against one that is set. */
  private static Value invert(FunctionCall call) {
    Value x = call.tensor("x");
    DataType dtype = x.type().dtype();
    if (dtype == DataType.BOOL) {
      return call.unary(UnaryFunction.LOGICAL_NOT, x);
    }
    double ones = dtype.kind() == DataType.Kind.UNSIGNED ? Math.scalb(1.0, dtype.bits()) - 1 : -1;
    return call.binary(BinaryFunction.BITWISE_XOR, x, ones);
  }
}
