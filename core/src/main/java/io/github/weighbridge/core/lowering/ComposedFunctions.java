package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.DIVIDE;
import static io.github.weighbridge.core.op.BinaryFunction.EQUAL;
import static io.github.weighbridge.core.op.BinaryFunction.GREATER;
import static io.github.weighbridge.core.op.BinaryFunction.LESS;
import static io.github.weighbridge.core.op.BinaryFunction.LOGICAL_OR;
import static io.github.weighbridge.core.op.BinaryFunction.MAXIMUM;
import static io.github.weighbridge.core.op.BinaryFunction.MINIMUM;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.POWER;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;

/** Functions of numbers, element by element, that are put together from several operations. */
final class ComposedFunctions {

  private ComposedFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("Cbrt(x)", ComposedFunctions::cbrt);
    table.add("Clip(x, x_min, x_max)", ComposedFunctions::clip);
    table.add("Deg2rad(x)", call -> scaled(call, Math.PI / 180));
    table.add("DivideNoNan(x1, x2)", call -> divideNoNan(call, call.floating("x1", "x2")));
    table.add("Exp2(x)", ComposedFunctions::exp2);
    table.add("Heaviside(x1, x2)", ComposedFunctions::heaviside);
    table.add("Hypot(x1, x2)", ComposedFunctions::hypot);
    table.add("Ldexp(x1, x2)", ComposedFunctions::ldexp);
    table.add("Log10(x)", call -> logarithm(call, 10));
    table.add("Log2(x)", call -> logarithm(call, 2));
    table.add("Logaddexp(x1, x2)", call -> logAddExp(call, 1));
    table.add("Logaddexp2(x1, x2)", call -> logAddExp(call, Math.log(2)));
    table.add("Rad2deg(x)", call -> scaled(call, 180 / Math.PI));
    table.add("Round(x, decimals=0)", ComposedFunctions::round);
    table.add("Rsqrt(x)", ComposedFunctions::rsqrt);
    table.add("Select(condlist, choicelist, default=0)", ComposedFunctions::select);
    table.add("Sinc(x)", ComposedFunctions::sinc);
    table.add("Square(x)", ComposedFunctions::square);
    table.add("Where(condition, x1=None, x2=None)", ComposedFunctions::where);
  }

  private static Value cbrt(FunctionCall call) {
    Value x = call.wide("x").get(0);
    Value root = call.binary(POWER, call.unary(UnaryFunction.ABS, x), 1.0 / 3);
    return call.binary(MULTIPLY, call.unary(UnaryFunction.SIGN, x), root);
  }

  private static Value clip(FunctionCall call) {
    Value own = call.tensor("x");
    Value x = own.type().dtype() == DataType.BOOL ? call.cast(own, DataType.INT32) : own;
    return call.add(
        "clip", new Unary(UnaryFunction.CLIP, call.number("x_min"), call.number("x_max")), x);
  }

  private static Value scaled(FunctionCall call, double factor) {
    return call.binary(MULTIPLY, call.wide("x").get(0), factor);
  }

  /** The quotient, and 0 where the divisor is. */
  static Value divideNoNan(FunctionCall call, List<Value> operands) {
    Value divisor = operands.get(1);
    Value zero = call.binary(EQUAL, divisor, 0);
    Value safe = FloatingPoint.replaced(call, zero, 1, divisor);
    return FloatingPoint.replaced(call, zero, 0, call.binary(DIVIDE, operands.get(0), safe));
  }

  private static Value exp2(FunctionCall call) {
    Value x = call.floating("x");
    return call.binary(POWER, call.scalar("two", x.type().dtype(), 2), x);
  }

  private static Value heaviside(FunctionCall call) {
    List<Value> operands = call.wide("x1", "x2");
    Value x = operands.get(0);
    Value from = FloatingPoint.replaced(call, call.binary(GREATER, x, 0), 1, operands.get(1));
    return FloatingPoint.replaced(call, call.binary(LESS, x, 0), 0, from);
  }

  /** The larger side times the root of 1 plus the squared ratio, so that no square overflows. */
  private static Value hypot(FunctionCall call) {
    List<Value> operands = call.wide("x1", "x2");
    Value first = call.unary(UnaryFunction.ABS, operands.get(0));
    Value second = call.unary(UnaryFunction.ABS, operands.get(1));
    Value larger = call.binary(MAXIMUM, first, second);
    Value ratio = divideNoNan(call, List.of(call.binary(MINIMUM, first, second), larger));
    Value sum = call.binary(ADD, call.binary(MULTIPLY, ratio, ratio), 1);
    return call.binary(MULTIPLY, larger, call.unary(UnaryFunction.SQRT, sum));
  }

  private static Value ldexp(FunctionCall call) {
    List<Value> operands = call.floating("x1", "x2");
    Value x = operands.get(0);
    Value two = call.scalar("two", x.type().dtype(), 2);
    Value product = call.binary(MULTIPLY, x, call.binary(POWER, two, operands.get(1)));
    Value stays =
        call.binary(LOGICAL_OR, FloatingPoint.isInfinite(call, x), call.binary(EQUAL, x, 0));
    return call.add("ldexp", new Where(), stays, x, product);
  }

  private static Value logarithm(FunctionCall call, double base) {
    return call.binary(DIVIDE, call.unary(UnaryFunction.LOG, call.floating("x")), Math.log(base));
  }

  /**
   * The logarithm of a sum of powers, the larger exponent taken out; of two infinities their sum.
   *
   * @param unit the natural logarithm of the base
   */
  private static Value logAddExp(FunctionCall call, double unit) {
    List<Value> operands = call.floating("x1", "x2");
    Value x = operands.get(0);
    Value y = operands.get(1);
    Value apart = call.binary(SUBTRACT, x, y);
    Value below = call.unary(UnaryFunction.NEGATE, call.unary(UnaryFunction.ABS, apart));
    Value power =
        call.unary(UnaryFunction.EXP, unit == 1 ? below : call.binary(MULTIPLY, below, unit));
    Value more = call.unary(UnaryFunction.LOG1P, power);
    Value sum =
        call.binary(
            ADD, call.binary(MAXIMUM, x, y), unit == 1 ? more : call.binary(DIVIDE, more, unit));
    return call.add(
        "logaddexp", new Where(), FloatingPoint.isNan(call, apart), call.binary(ADD, x, y), sum);
  }

  private static Value round(FunctionCall call) {
    Value x = call.tensor("x");
    int decimals = call.whole("decimals");
    DataType dtype = x.type().dtype();
    if (decimals == 0 || (decimals > 0 && !dtype.isFloating())) {
      return call.unary(UnaryFunction.ROUND, x);
    }
    Value number = dtype.isFloating() ? x : call.cast(x, DataType.FLOAT32);
    double factor = Math.pow(10, decimals);
    Value rounded = call.unary(UnaryFunction.ROUND, call.binary(MULTIPLY, number, factor));
    return call.cast(call.binary(DIVIDE, rounded, factor), dtype);
  }

  private static Value rsqrt(FunctionCall call) {
    return call.unary(UnaryFunction.RECIPROCAL, call.unary(UnaryFunction.SQRT, call.tensor("x")));
  }

  /** Of each place the choice of the first condition that holds there. */
  private static Value select(FunctionCall call) {
    List<Value> conditions = call.tensors("condlist");
    List<List<Value>> choices = call.promotedLists("choicelist", "default");
    Value result = choices.get(1).get(0);
    for (int i = conditions.size() - 1; i >= 0; i--) {
      Value condition = call.toType(conditions.get(i), DataType.BOOL);
      result = call.add("select", new Where(), condition, choices.get(0).get(i), result);
    }
    return result;
  }

  private static Value sinc(FunctionCall call) {
    Value x = call.floating("x");
    Value angle = call.binary(MULTIPLY, x, Math.PI);
    Value zero = call.binary(EQUAL, x, 0);
    Value safe = FloatingPoint.replaced(call, zero, 1, angle);
    Value quotient = call.binary(DIVIDE, call.unary(UnaryFunction.SIN, safe), safe);
    return FloatingPoint.replaced(call, zero, 1, quotient);
  }

  private static Value square(FunctionCall call) {
    Value own = call.tensor("x");
    Value x = own.type().dtype() == DataType.BOOL ? call.cast(own, DataType.INT32) : own;
    return call.binary(MULTIPLY, x, x);
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
