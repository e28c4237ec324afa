package io.github.weighbridge.core.tensor;

/**
 * The 8-bit floating-point format float8_e4m3fn, as bits: a sign, 4 bits of exponent (bias 7), 3 of
 * fraction. It has no infinities, and NaN where all bits but the sign are set; the largest number
 * is 448. Conversions to it round to the nearest, ties to even; what is larger becomes NaN.
 */
public final class Float8 {

  private static final int NAN = 0x7f;
  private static final double LARGEST = 448;
  private static final int LEAST_EXPONENT = -6;
  private static final int FRACTION_BITS = 3;

  private Float8() {}

  /** The value of the bits. */
  public static float fromE4m3fn(byte bits) {
    int magnitude = bits & 0x7f;
    int exponent = magnitude >> FRACTION_BITS;
    int fraction = magnitude & 7;
    float value =
        magnitude == NAN
            ? Float.NaN
            : exponent == 0
                ? Math.scalb((float) fraction, LEAST_EXPONENT - FRACTION_BITS)
                : Math.scalb(8f + fraction, exponent - 7 - FRACTION_BITS);
    return bits < 0 ? -value : value;
  }

  /** The bits nearest to a value. */
  public static byte toE4m3fn(double value) {
    int sign = Double.doubleToRawLongBits(value) < 0 ? 0x80 : 0;
    double magnitude = roundE4m3fn(Math.abs(value));
    if (Double.isNaN(magnitude)) {
      return (byte) (sign | NAN);
    }
    int exponent = Math.max(Math.getExponent(magnitude), LEAST_EXPONENT);
    int fraction = (int) Math.scalb(magnitude, FRACTION_BITS - exponent);
    // The leading bit of a normal number counts one up to the exponent.
    return (byte) (sign | (((exponent - LEAST_EXPONENT) << FRACTION_BITS) + fraction));
  }

  /** The nearest value that has bits. */
  public static double roundE4m3fn(double value) {
    int exponent = Math.max(Math.getExponent(value), LEAST_EXPONENT);
    double step = Math.scalb(1.0, exponent - FRACTION_BITS);
    double rounded = Math.rint(value / step) * step;
    return Math.abs(rounded) <= LARGEST ? rounded : Double.NaN;
  }
}
