package io.github.weighbridge.formats.config;

import java.math.BigDecimal;
import java.math.MathContext;

/** Doubles as Python's {@code repr} writes them. */
final class PythonNumber {

  /** Python changes to an exponent at 1e16 and below 1e-4. */
  private static final int MAX_PLAIN_EXPONENT = 16;

  private static final int MIN_PLAIN_EXPONENT = -4;

  private PythonNumber() {}

  /** The shortest text that reads back as the same double; always with a point or an exponent. */
  static String text(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    if (number == 0) {
      return 1 / number > 0 ? "0.0" : "-0.0";
    }
    BigDecimal decimal = shortest(number).stripTrailingZeros();
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    String sign = number < 0 ? "-" : "";
    if (exponent < MIN_PLAIN_EXPONENT || exponent >= MAX_PLAIN_EXPONENT) {
      return sign + scientific(digits, exponent);
    }
    String plain = decimal.abs().toPlainString();
    return sign + (plain.contains(".") ? plain : plain + ".0");
  }

  private static String scientific(String digits, int exponent) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    int size = Math.abs(exponent);
    return mantissa + "e" + (exponent < 0 ? "-" : "+") + (size < 10 ? "0" : "") + size;
  }

  /** Java before 19 often prints one digit too many (JDK-4511638): fewer are tried. */
  private static BigDecimal shortest(double number) {
    BigDecimal best = new BigDecimal(Double.toString(number));
    for (int precision = best.precision() - 1; precision > 0; precision--) {
      BigDecimal fewer = new BigDecimal(number).round(new MathContext(precision));
      if (fewer.doubleValue() != number) {
        break;
      }
      best = fewer;
    }
    return best;
  }
}
