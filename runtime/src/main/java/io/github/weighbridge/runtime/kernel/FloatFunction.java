package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Unary;

/** A function of float32 numbers on the first elements of an array, in place. */
@FunctionalInterface
interface FloatFunction {

  /** Replaces the first elements, {@link FloatMath#CHUNK} at most. */
  void apply(float[] x, int n);

  /**
   * Replaces elements {@code from} (inclusive) to {@code to}. They go through another array,
   * because the JIT vectorises loops over two arrays only where both start at 0.
   */
  default void applyBetween(float[] x, int from, int to, float[] chunk) {
    for (int at = from; at < to; at += FloatMath.CHUNK) {
      int n = Math.min(FloatMath.CHUNK, to - at);
      System.arraycopy(x, at, chunk, 0, n);
      apply(chunk, n);
      System.arraycopy(chunk, 0, x, at, n);
    }
  }

  /** One number. */
  @FunctionalInterface
  interface Scalar {
    float apply(float x);
  }

  /** The function of an operation; the result is for one thread at a time. */
  static FloatFunction of(Unary op) {
    FloatMath math = new FloatMath();
    float a = (float) op.alpha();
    float b = (float) op.beta();
    return switch (op.function()) {
      case IDENTITY -> (x, n) -> {};
      case EXP -> math::exp;
      case SIGMOID -> math::sigmoid;
      case TANH -> math::tanh;
      case SOFTPLUS -> math::softplus;
      case SILU -> math::silu;
      case MISH -> math::mish;
      case GELU_TANH -> math::geluTanh;
      case ELU -> exponentialUnit(math, 1, a, 1);
      case SELU -> exponentialUnit(math, 1.050701f, 1.7580993f, 1);
      case CELU -> exponentialUnit(math, 1, a, a);
      case RELU ->
          (x, n) -> {
            for (int i = 0; i < n; i++) {
              x[i] = Math.max(x[i], 0f);
            }
          };
      case LEAKY_RELU ->
          (x, n) -> {
            for (int i = 0; i < n; i++) {
              x[i] = Math.max(x[i], 0f) + a * Math.min(x[i], 0f);
            }
          };
      case HARD_SIGMOID ->
          (x, n) -> {
            for (int i = 0; i < n; i++) {
              x[i] = Math.min(1f, Math.max(0f, a * x[i] + b));
            }
          };
      case CLIP ->
          (x, n) -> {
            for (int i = 0; i < n; i++) {
              x[i] = Math.min(b, Math.max(a, x[i]));
            }
          };
      case ABS -> each(Math::abs);
      case NEGATE -> each(x -> -x);
      case SIGN -> each(Math::signum);
      case RECIPROCAL -> each(x -> 1 / x);
      case SQRT -> each(x -> (float) Math.sqrt(x));
      case EXPM1 -> each(x -> (float) Math.expm1(x));
      case LOG -> each(x -> (float) Math.log(x));
      case LOG1P -> each(x -> (float) Math.log1p(x));
      case SIN -> each(x -> (float) Math.sin(x));
      case COS -> each(x -> (float) Math.cos(x));
      case TAN -> each(x -> (float) Math.tan(x));
      case ASIN -> each(x -> (float) Math.asin(x));
      case ACOS -> each(x -> (float) Math.acos(x));
      case ATAN -> each(x -> (float) Math.atan(x));
      case SINH -> each(x -> (float) Math.sinh(x));
      case COSH -> each(x -> (float) Math.cosh(x));
      case ASINH, ACOSH, ATANH, TRUNC -> each(x -> (float) op.apply(x));
      case FLOOR -> each(x -> (float) Math.floor(x));
      case CEIL -> each(x -> (float) Math.ceil(x));
      case ROUND -> each(x -> (float) Math.rint(x));
      case SOFTSIGN -> each(x -> x / (1 + Math.abs(x)));
      case THRESHOLDED_RELU -> each(x -> x > a ? x : 0);
      case ERF -> each(x -> (float) ErrorFunction.erf(x));
      // By erfc: 1 + erf loses every digit for negative numbers of some size.
      case GELU -> each(x -> (float) (0.5 * x * ErrorFunction.erfc(x * -0.7071067811865476)));
      case LOG_SIGMOID ->
          (x, n) -> {
            negate(x, n);
            math.softplus(x, n);
            negate(x, n);
          };
      case SOFT_SHRINK -> each(x -> x > a ? x - a : x < -a ? x + a : 0);
      case HARD_SHRINK -> each(x -> Math.abs(x) > a ? x : 0);
      // In double precision: x and its tanh are nearly the same near 0.
      case TANH_SHRINK -> each(x -> (float) (x - Math.tanh(x)));
      case SQUAREPLUS -> each(x -> (float) ((x + Math.sqrt((double) x * x + a)) / 2));
      case SPARSE_PLUS -> each(x -> x <= -1 ? 0 : x >= 1 ? x : (x + 1) * (x + 1) / 4);
      case HARD_SILU -> each(x -> x * Math.min(1f, Math.max(0f, x / 6 + 0.5f)));
      case LOGICAL_NOT -> throw new IllegalArgumentException(op + " is for booleans");
    };
  }

  private static void negate(float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = -x[i];
    }
  }

  /** The function that applies another to every element. */
  static FloatFunction each(Scalar function) {
    return (x, n) -> {
      for (int i = 0; i < n; i++) {
        x[i] = function.apply(x[i]);
      }
    };
  }

  /** {@code above x} where positive, else {@code below (e^(x / width) - 1)}. */
  private static FloatFunction exponentialUnit(
      FloatMath math, float above, float below, float width) {
    float[] negative = new float[FloatMath.CHUNK];
    return (x, n) -> {
      for (int i = 0; i < n; i++) {
        negative[i] = Math.min(x[i], 0f) / width;
      }
      math.expm1OfNegative(negative, n);
      for (int i = 0; i < n; i++) {
        x[i] = above * Math.max(x[i], 0f) + below * negative[i];
      }
    };
  }
}
