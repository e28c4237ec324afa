package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.EQUAL;
import static io.github.weighbridge.core.op.BinaryFunction.LESS;
import static io.github.weighbridge.core.op.BinaryFunction.LESS_EQUAL;
import static io.github.weighbridge.core.op.BinaryFunction.LOGICAL_AND;
import static io.github.weighbridge.core.op.BinaryFunction.LOGICAL_OR;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Functions that ask for what floating-point numbers have besides their value: NaN, infinities,
 * signs, nearness. Complex parts of numbers that are not complex are here too.
 */
final class FloatingPointFunctions {

  private FloatingPointFunctions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "AllClose(x1, x2, rtol=1e-05, atol=1e-08, equal_nan=False)",
        FloatingPointFunctions::allClose);
    table.add("Angle(x)", FloatingPointFunctions::angle);
    for (String part : List.of("Conj", "Conjugate", "Real")) {
      table.add(part + "(x)", call -> call.tensor("x"));
    }
    table.add("Fmax(x1, x2)", call -> ofNumbers(call, BinaryFunction.MAXIMUM));
    table.add("Fmin(x1, x2)", call -> ofNumbers(call, BinaryFunction.MINIMUM));
    table.add("Imag(x)", call -> call.filledLike(call.tensor("x"), 0));
    table.add(
        "Isclose(x1, x2, rtol=1e-05, atol=1e-08, equal_nan=False)",
        call -> isClose(call, call.converted("x1", "x2")));
    table.add("Isfinite(x)", call -> FloatingPoint.isFinite(call, call.floating("x")));
    table.add("Isinf(x)", call -> FloatingPoint.isInfinite(call, call.floating("x")));
    table.add("Isnan(x)", call -> FloatingPoint.isNan(call, call.floating("x")));
    table.add(
        "Isneginf(x)", call -> call.binary(EQUAL, call.floating("x"), Double.NEGATIVE_INFINITY));
    table.add(
        "Isposinf(x)", call -> call.binary(EQUAL, call.floating("x"), Double.POSITIVE_INFINITY));
    table.add(
        "Isreal(x)", call -> call.toType(call.filledLike(call.tensor("x"), 1), DataType.BOOL));
    table.add("NanToNum(x, nan=0.0, posinf=None, neginf=None)", FloatingPointFunctions::nanToNum);
    table.add("Signbit(x)", FloatingPointFunctions::signBit);
  }

  private static Value isClose(FunctionCall call, List<Value> operands) {
    Value x = operands.get(0);
    Value y = operands.get(1);
    if (!x.type().dtype().isFloating()) {
      return call.binary(EQUAL, x, y);
    }
    Value apart = call.unary(UnaryFunction.ABS, call.binary(SUBTRACT, x, y));
    Value size = call.binary(MULTIPLY, call.unary(UnaryFunction.ABS, y), call.number("rtol"));
    Value close = call.binary(LESS_EQUAL, apart, call.binary(ADD, size, call.number("atol")));
    return call.flag("equal_nan") ? call.binary(LOGICAL_OR, close, bothNan(call, x, y)) : close;
  }

  private static Value bothNan(FunctionCall call, Value x, Value y) {
    return call.binary(LOGICAL_AND, FloatingPoint.isNan(call, x), FloatingPoint.isNan(call, y));
  }

  /** As {@link #isClose}, but equal infinities are close and others are not. */
  private static Value allClose(FunctionCall call) {
    List<Value> operands = call.converted("x1", "x2");
    Value close = isClose(call, operands);
    Value x = operands.get(0);
    Value y = operands.get(1);
    if (x.type().dtype().isFloating()) {
      Value finite =
          call.binary(
              LOGICAL_AND, FloatingPoint.isFinite(call, x), FloatingPoint.isFinite(call, y));
      close = call.binary(LOGICAL_AND, finite, close);
      close = call.binary(LOGICAL_OR, close, call.binary(EQUAL, x, y));
      if (call.flag("equal_nan")) {
        close = call.binary(LOGICAL_OR, close, bothNan(call, x, y));
      }
    }
    List<Integer> every = IntStream.range(0, close.type().rank()).boxed().toList();
    return call.add("all", new Reduce(Reduce.Function.ALL, every, false), close);
  }

  /** 0 where positive, pi where negative; NaN stays. */
  private static Value angle(FunctionCall call) {
    Value x = call.floating("x");
    Value zero = call.filledLike(x, 0);
    Value angle = FloatingPoint.replaced(call, call.binary(LESS, x, 0), Math.PI, zero);
    return call.add("angle", new Where(), FloatingPoint.isNan(call, x), x, angle);
  }

  /** The larger or smaller of two, or the one that is a number. */
  private static Value ofNumbers(FunctionCall call, BinaryFunction function) {
    List<Value> operands = call.promoted("x1", "x2");
    Value x = operands.get(0);
    Value y = operands.get(1);
    Value result = call.binary(function, x, y);
    if (!x.type().dtype().isFloating()) {
      return result;
    }
    result = call.add("first", new Where(), FloatingPoint.isNan(call, y), x, result);
    return call.add("second", new Where(), FloatingPoint.isNan(call, x), y, result);
  }

  private static Value nanToNum(FunctionCall call) {
    return nanToNum(
        call,
        call.tensor("x"),
        call.number("nan"),
        bound(call, "posinf", 1),
        bound(call, "neginf", -1));
  }

  private static double bound(FunctionCall call, String name, int sign) {
    return call.isNone(name)
        ? sign * FloatingPoint.largest(call.tensor("x").type().dtype())
        : call.number(name);
  }

  private static Value nanToNum(
      FunctionCall call, Value x, double nan, double positive, double negative) {
    if (!x.type().dtype().isFloating()) {
      return x;
    }
    Value up = call.binary(EQUAL, x, Double.POSITIVE_INFINITY);
    Value down = call.binary(EQUAL, x, Double.NEGATIVE_INFINITY);
    Value result = FloatingPoint.replaced(call, FloatingPoint.isNan(call, x), nan, x);
    result = FloatingPoint.replaced(call, up, positive, result);
    return FloatingPoint.replaced(call, down, negative, result);
  }

  /** {@code x} with 0 for NaN and the largest numbers for infinities, as running sums want it. */
  static Value nanToNum(FunctionCall call, Value x, double nan) {
    double largest = FloatingPoint.largest(x.type().dtype());
    return nanToNum(call, x, nan, largest, -largest);
  }

  /** Below 0, or the 0 whose reciprocal is. */
  private static Value signBit(FunctionCall call) {
    Value x = call.tensor("x");
    if (x.type().dtype() == DataType.BOOL) {
      return call.unary(
          UnaryFunction.LOGICAL_NOT, call.toType(call.filledLike(x, 1), DataType.BOOL));
    }
    Value negative = call.binary(LESS, x, 0);
    if (!x.type().dtype().isFloating()) {
      return negative;
    }
    Value reciprocal = call.binary(LESS, call.unary(UnaryFunction.RECIPROCAL, x), 0);
    return call.binary(LOGICAL_OR, negative, reciprocal);
  }
}
