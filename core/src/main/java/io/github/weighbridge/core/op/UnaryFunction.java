package io.github.weighbridge.core.op;

/**
 * Functions of one number. Each row is the function's definition; kernels may compute it faster,
 * never otherwise. {@code a} and {@code b} are parameters of the functions that have some.
 */
public enum UnaryFunction {
  IDENTITY((x, a, b) -> x),
  ABS((x, a, b) -> Math.abs(x)),
  NEGATE((x, a, b) -> -x),
  SIGN((x, a, b) -> Math.signum(x)),
  RECIPROCAL((x, a, b) -> 1 / x),
  SQRT((x, a, b) -> Math.sqrt(x)),
  EXP((x, a, b) -> Math.exp(x)),
  /** {@code e^x - 1}, exact near 0. */
  EXPM1((x, a, b) -> Math.expm1(x)),
  LOG((x, a, b) -> Math.log(x)),
  /** {@code log(1 + x)}, exact near 0. */
  LOG1P((x, a, b) -> Math.log1p(x)),
  SIN((x, a, b) -> Math.sin(x)),
  COS((x, a, b) -> Math.cos(x)),
  TAN((x, a, b) -> Math.tan(x)),
  ASIN((x, a, b) -> Math.asin(x)),
  ACOS((x, a, b) -> Math.acos(x)),
  ATAN((x, a, b) -> Math.atan(x)),
  SINH((x, a, b) -> Math.sinh(x)),
  COSH((x, a, b) -> Math.cosh(x)),
  ASINH((x, a, b) -> Math.copySign(asinh(Math.abs(x)), x)),
  ACOSH((x, a, b) -> acosh(x)),
  ATANH((x, a, b) -> Math.copySign(0.5 * Math.log1p(2 * Math.abs(x) / (1 - Math.abs(x))), x)),
  FLOOR((x, a, b) -> Math.floor(x)),
  CEIL((x, a, b) -> Math.ceil(x)),
  /** To the next whole number towards 0. */
  TRUNC((x, a, b) -> x < 0 ? Math.ceil(x) : Math.floor(x)),
  /** To the nearest whole number, ties to even. */
  ROUND((x, a, b) -> Math.rint(x)),
  ERF((x, a, b) -> erf(x)),
  SIGMOID((x, a, b) -> 1 / (1 + Math.exp(-x))),
  TANH((x, a, b) -> Math.tanh(x)),
  RELU((x, a, b) -> x > 0 || Double.isNaN(x) ? x : 0),
  /** {@code x} where positive, else {@code a x}. */
  LEAKY_RELU((x, a, b) -> x >= 0 ? x : a * x),
  /** {@code x} where positive, else {@code a (e^x - 1)}. */
  ELU((x, a, b) -> x > 0 ? x : a * Math.expm1(x)),
  SELU((x, a, b) -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x))),
  /** {@code max(0, x) + min(0, a (e^(x/a) - 1))}. */
  CELU((x, a, b) -> Math.max(0, x) + Math.min(0, a * Math.expm1(x / a))),
  /** {@code log(1 + e^x)}. */
  SOFTPLUS((x, a, b) -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  SOFTSIGN((x, a, b) -> x / (1 + Math.abs(x))),
  /** {@code clip(a x + b, 0, 1)}: a = 0.2 in Keras 1 and 2, 1/6 in Keras 3; b = 0.5. */
  HARD_SIGMOID((x, a, b) -> Math.min(1, Math.max(0, a * x + b))),
  /** {@code x} limited to {@code a .. b}. */
  CLIP((x, a, b) -> Math.min(b, Math.max(a, x))),
  /** {@code x} where above {@code a}, else 0. */
  THRESHOLDED_RELU((x, a, b) -> x > a ? x : 0),
  /** {@code x Phi(x)}, by the error function. */
  GELU((x, a, b) -> 0.5 * x * (1 + erf(x * 0.7071067811865476))),
  /** GELU by its tanh approximation. */
  GELU_TANH(
      (x, a, b) -> 0.5 * x * (1 + Math.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)))),
  /** {@code x sigmoid(x)}, also called swish. */
  SILU((x, a, b) -> x / (1 + Math.exp(-x))),
  /** {@code x tanh(softplus(x))}. */
  MISH((x, a, b) -> x * Math.tanh(Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))))),
  /** {@code log(sigmoid(x))}. */
  LOG_SIGMOID((x, a, b) -> Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)))),
  /** {@code x} moved towards 0 by {@code a}; 0 where it is nearer than that. */
  SOFT_SHRINK((x, a, b) -> x > a ? x - a : x < -a ? x + a : 0),
  /** {@code x} where further from 0 than {@code a}, else 0. */
  HARD_SHRINK((x, a, b) -> Math.abs(x) > a ? x : 0),
  /** {@code x - tanh(x)}. */
  TANH_SHRINK((x, a, b) -> x - Math.tanh(x)),
  /** {@code (x + sqrt(x^2 + a)) / 2}. */
  SQUAREPLUS((x, a, b) -> (x + Math.sqrt(x * x + a)) / 2),
  /** 0 up to -1, {@code x} from 1 on, {@code (x + 1)^2 / 4} between. */
  SPARSE_PLUS((x, a, b) -> x <= -1 ? 0 : x >= 1 ? x : (x + 1) * (x + 1) / 4),
  /** {@code x clip(x/6 + 0.5, 0, 1)}, also called hard swish. */
  HARD_SILU((x, a, b) -> x * Math.min(1, Math.max(0, x / 6 + 0.5))),
  /** For booleans: 1 where {@code x} is 0. */
  LOGICAL_NOT((x, a, b) -> x == 0 ? 1 : 0);

  /** A definition. */
  @FunctionalInterface
  interface Definition {
    double apply(double x, double a, double b);
  }

  /** Past this the square root in the area functions is the number itself. */
  private static final double LARGE = 1e9;

  private final Definition definition;

  UnaryFunction(Definition definition) {
    this.definition = definition;
  }

  /** The function's value, in double precision. */
  public double apply(double x, double a, double b) {
    return definition.apply(x, a, b);
  }

  /** The area hyperbolic sine from 0 on. */
  private static double asinh(double x) {
    return x > LARGE
        ? Math.log(x) + Math.log(2)
        : Math.log1p(x + x * x / (1 + Math.sqrt(x * x + 1)));
  }

  /** The area hyperbolic cosine; written in {@code x - 1}, which is exact near 1. */
  private static double acosh(double x) {
    double above = x - 1;
    return x > LARGE
        ? Math.log(x) + Math.log(2)
        : Math.log1p(above + Math.sqrt(above * (above + 2)));
  }

  /**
   * The error function: its Maclaurin series near 0, the continued fraction of erfc further out
   * (Abramowitz and Stegun 7.1.5 and 7.1.14), to about 1e-15.
   */
  private static double erf(double x) {
    double z = Math.abs(x);
    if (Double.isNaN(x)) {
      return x;
    }
    if (z > 6) {
      return Math.signum(x);
    }
    if (z < 2.5) {
      double term = z;
      double sum = z;
      for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum) && n < 200; n++) {
        term *= -z * z / n;
        sum += term / (2 * n + 1);
      }
      return Math.signum(x) * sum * 2 / Math.sqrt(Math.PI);
    }
    double fraction = z;
    for (int n = 60; n >= 1; n--) {
      fraction = z + n / 2.0 / fraction;
    }
    return Math.signum(x) * (1 - Math.exp(-z * z) / (fraction * Math.sqrt(Math.PI)));
  }
}
