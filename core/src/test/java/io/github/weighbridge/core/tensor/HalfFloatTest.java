package io.github.weighbridge.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every pattern of both 16-bit formats, and rounding against the definition. */
class HalfFloatTest {

  /** A format: so many bits of fraction, and the exponent of the least of them in subnormals. */
  private enum Format {
    FLOAT16(10, -24, 65504) {
      @Override
      double decode(int bits) {
        return HalfFloat.fromFloat16((short) bits);
      }

      @Override
      int encode(double value) {
        return HalfFloat.toFloat16(value) & 0xffff;
      }

      @Override
      int encode(float value) {
        return HalfFloat.toFloat16(value) & 0xffff;
      }
    },
    BFLOAT16(7, -133, 0x1.fep127) {
      @Override
      double decode(int bits) {
        return HalfFloat.fromBfloat16((short) bits);
      }

      @Override
      int encode(double value) {
        return HalfFloat.toBfloat16(value) & 0xffff;
      }

      @Override
      int encode(float value) {
        return HalfFloat.toBfloat16(value) & 0xffff;
      }
    };

    private final int fractionBits;
    private final int leastExponent;
    private final double largest;

    Format(int fractionBits, int leastExponent, double largest) {
      this.fractionBits = fractionBits;
      this.leastExponent = leastExponent;
      this.largest = largest;
    }

    abstract double decode(int bits);

    abstract int encode(double value);

    abstract int encode(float value);

    /** The number that a value rounds to: a whole multiple of the spacing at its magnitude. */
    double rounded(double value) {
      if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
        return value;
      }
      int exponent = Math.max(Math.getExponent(value) - fractionBits, leastExponent);
      // Exact: scaling by powers of two, at most 53 bits before the point.
      double result = Math.scalb(Math.rint(Math.scalb(value, -exponent)), exponent);
      return Math.abs(result) > largest ? Math.copySign(Double.POSITIVE_INFINITY, value) : result;
    }
  }

  @Test
  void everyPatternComesBack() {
    for (Format format : Format.values()) {
      for (int bits = 0; bits < 1 << 16; bits++) {
        double value = format.decode(bits);
        if (Double.isNaN(value)) {
          assertThat(format.decode(format.encode(value))).as("%s %x", format, bits).isNaN();
        } else {
          assertThat(format.encode(value)).as("%s %x", format, bits).isEqualTo(bits);
          assertThat(format.encode((float) value)).as("%s %x", format, bits).isEqualTo(bits);
        }
      }
    }
  }

  @Test
  void valuesBetweenPatternsGoToTheNearest() {
    for (Format format : Format.values()) {
      for (int bits = 0; bits < 1 << 15; bits++) {
        double low = format.decode(bits);
        double high = format.decode(bits + 1);
        if (Double.isNaN(low) || Double.isNaN(high) || Double.isInfinite(high)) {
          continue;
        }
        double middle = (low + high) / 2;
        check(format, middle);
        // A hair beside the tie, further than a float can tell: rounding twice would miss it.
        check(format, Math.nextUp(middle));
        check(format, Math.nextDown(middle));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomValuesGoToTheNearest(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      double value =
          Math.scalb(random.nextDouble() * 2 - 1, random.nextInt(i % 2 == 0 ? 44 : 290) - 28);
      for (Format format : Format.values()) {
        check(format, value);
        float single = (float) value;
        assertThat(format.decode(format.encode(single)))
            .as("%s of the float %s, seed %d", format, single, seed)
            .isEqualTo(format.rounded(single));
      }
    }
  }

  private static void check(Format format, double value) {
    for (double signed : new double[] {value, -value}) {
      assertThat(format.decode(format.encode(signed)))
          .as("%s of %s", format, signed)
          .isEqualTo(format.rounded(signed));
    }
  }

  @Test
  void limits() {
    assertThat(HalfFloat.fromFloat16(HalfFloat.toFloat16(65519.99))).isEqualTo(65504f);
    assertThat(HalfFloat.fromFloat16(HalfFloat.toFloat16(65520.0)))
        .isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(HalfFloat.fromFloat16(HalfFloat.toFloat16(-1e300)))
        .isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(HalfFloat.toFloat16(-0.0) & 0xffff).isEqualTo(0x8000);
    assertThat(HalfFloat.toFloat16(-1e-300) & 0xffff).isEqualTo(0x8000);
    assertThat(HalfFloat.toBfloat16(-1e-300) & 0xffff).isEqualTo(0x8000);
    assertThat(HalfFloat.fromBfloat16(HalfFloat.toBfloat16(1e300)))
        .isEqualTo(Float.POSITIVE_INFINITY);
  }
}
