package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.DIVIDE;
import static io.github.weighbridge.core.op.BinaryFunction.EQUAL;
import static io.github.weighbridge.core.op.BinaryFunction.GREATER_EQUAL;
import static io.github.weighbridge.core.op.BinaryFunction.LESS;
import static io.github.weighbridge.core.op.BinaryFunction.LESS_EQUAL;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;

/**
 * Functions that no operation has, by rational and polynomial approximations that are exact to
 * single precision; in double precision they are refused.
 */
final class SpecialFunctions {

  /** Press and others, Numerical Recipes (second edition), 6.2: erfcc, relative error 1.2e-7. */
  private static final double[] ERFC = {
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807,
    -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223
  };

  /** Giles, Approximating the erfinv function (2010), near the middle and near the ends. */
  private static final double[] ERFINV_MIDDLE = {
    2.81022636e-08,
    3.43273939e-07,
    -3.5233877e-06,
    -4.39150654e-06,
    0.00021858087,
    -0.00125372503,
    -0.00417768164,
    0.246640727,
    1.50140941
  };

  private static final double[] ERFINV_ENDS = {
    -0.000200214257,
    0.000100950558,
    0.00134934322,
    -0.00367342844,
    0.00573950773,
    -0.0076224613,
    0.00943887047,
    1.00167406,
    2.83297682
  };

  /** Abramowitz and Stegun, 9.8.1 and 9.8.2. */
  private static final double[] BESSEL_MIDDLE = {
    0.0045813, 0.0360768, 0.2659732, 1.2067492, 3.0899424, 3.5156229, 1
  };

  private static final double[] BESSEL_ENDS = {
    0.00392377,
    -0.01647633,
    0.02635537,
    -0.02057706,
    0.00916281,
    -0.00157565,
    0.00225319,
    0.01328592,
    0.39894228
  };

  private SpecialFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("Erfc(x)", call -> inSinglePrecision(call, SpecialFunctions::erfc));
    table.add("Erfinv(x)", call -> inSinglePrecision(call, SpecialFunctions::erfinv));
    table.add("I0(x)", call -> inSinglePrecision(call, SpecialFunctions::bessel));
  }

  /** A function of single precision. */
  @FunctionalInterface
  private interface Function {
    Value of(FunctionCall call, Value x);
  }

  private static Value inSinglePrecision(FunctionCall call, Function function) {
    Value x = call.wide("x").get(0);
    DataType dtype = x.type().dtype();
    if (dtype == DataType.FLOAT64) {
      throw call.unsupported("'x' must have 32 bits at most", dtype.kerasName());
    }
    return call.cast(function.of(call, call.cast(x, DataType.FLOAT32)), dtype);
  }

  /** The highest power first. */
  private static Value polynomial(FunctionCall call, Value x, double... coefficients) {
    Value sum = call.scalar("coefficient", x.type().dtype(), coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      sum = call.binary(ADD, call.binary(MULTIPLY, sum, x), coefficients[i]);
    }
    return sum;
  }

  private static Value where(FunctionCall call, Value condition, Value x, Value y) {
    return call.add("where", new Where(), condition, x, y);
  }

  private static Value erfc(FunctionCall call, Value x) {
    Value size = call.unary(UnaryFunction.ABS, x);
    Value half = call.binary(ADD, call.binary(MULTIPLY, size, 0.5), 1);
    Value t = call.unary(UnaryFunction.RECIPROCAL, half);
    Value exponent =
        call.binary(SUBTRACT, polynomial(call, t, ERFC), call.binary(MULTIPLY, size, size));
    Value tail = call.binary(MULTIPLY, t, call.unary(UnaryFunction.EXP, exponent));
    Value above = call.binary(SUBTRACT, call.scalar("two", DataType.FLOAT32, 2), tail);
    Value both = where(call, call.binary(GREATER_EQUAL, x, 0), tail, above);
    return where(call, FloatingPoint.isNan(call, x), x, both);
  }

  /** From the share {@code (x + 1) / 2}, as TensorFlow has it: near 1 that is what is known. */
  private static Value erfinv(FunctionCall call, Value x) {
    Value share = call.binary(MULTIPLY, call.binary(ADD, x, 1), 0.5);
    Value rest = call.binary(SUBTRACT, call.scalar("one", DataType.FLOAT32, 1), share);
    Value product = call.binary(MULTIPLY, call.binary(MULTIPLY, share, rest), 4);
    Value w = call.unary(UnaryFunction.NEGATE, call.unary(UnaryFunction.LOG, product));
    Value middle = polynomial(call, call.binary(SUBTRACT, w, 2.5), ERFINV_MIDDLE);
    Value root = call.unary(UnaryFunction.SQRT, w);
    Value ends = polynomial(call, call.binary(SUBTRACT, root, 3), ERFINV_ENDS);
    Value factor = where(call, call.binary(LESS, w, 5), middle, ends);
    Value infinite = call.binary(MULTIPLY, x, Double.POSITIVE_INFINITY);
    Value border = call.binary(EQUAL, product, 0);
    return where(call, border, infinite, call.binary(MULTIPLY, factor, x));
  }

  private static Value bessel(FunctionCall call, Value x) {
    Value size = call.unary(UnaryFunction.ABS, x);
    Value ratio = call.binary(DIVIDE, size, 3.75);
    Value middle = polynomial(call, call.binary(MULTIPLY, ratio, ratio), BESSEL_MIDDLE);
    Value ends = polynomial(call, call.unary(UnaryFunction.RECIPROCAL, ratio), BESSEL_ENDS);
    // In halves, so that the power does not overflow before the root divides it.
    Value half = call.unary(UnaryFunction.EXP, call.binary(MULTIPLY, size, 0.5));
    Value grown =
        call.binary(
            MULTIPLY,
            call.binary(
                MULTIPLY, call.binary(DIVIDE, ends, call.unary(UnaryFunction.SQRT, size)), half),
            half);
    return where(call, call.binary(LESS_EQUAL, ratio, 1), middle, grown);
  }
}
