package io.github.weighbridge.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The format, worked out from its definition. */
class Float8Test {

  /** Every number that is not negative, ascending: exponent and fraction as their bits count up. */
  private static final double[] NUMBERS =
      IntStream.range(0, 127)
          .mapToDouble(
              bits ->
                  bits < 8
                      ? bits / 8.0 * Math.pow(2, -6)
                      : (1 + bits % 8 / 8.0) * Math.pow(2, bits / 8 - 7))
          .toArray();

  @Test
  void everyNumberIsItself() {
    for (int bits = 0; bits < NUMBERS.length; bits++) {
      byte negative = (byte) (bits | 0x80);
      assertThat((double) Float8.fromE4m3fn((byte) bits)).isEqualTo(NUMBERS[bits]);
      assertThat((double) Float8.fromE4m3fn(negative)).isEqualTo(-NUMBERS[bits]);
      assertThat(Float8.toE4m3fn(NUMBERS[bits])).isEqualTo((byte) bits);
      assertThat(Float8.toE4m3fn(-NUMBERS[bits])).isEqualTo(negative);
    }
    assertThat(NUMBERS[126]).isEqualTo(448);
  }

  @Test
  void tiesGoToTheEvenFraction() {
    for (int bits = 0; bits + 1 < NUMBERS.length; bits++) {
      double tie = (NUMBERS[bits] + NUMBERS[bits + 1]) / 2;
      int even = bits + bits % 2;
      assertThat(Float8.toE4m3fn(tie)).as("%s", tie).isEqualTo((byte) even);
      assertThat(Float8.toE4m3fn(Math.nextDown(tie))).isEqualTo((byte) bits);
      assertThat(Float8.toE4m3fn(Math.nextUp(tie))).isEqualTo((byte) (bits + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void othersGoToTheNearest(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      double value = Math.scalb(random.nextDouble(), random.nextInt(22) - 13);
      double distance = Math.abs(Float8.roundE4m3fn(value) - value);
      double least = Arrays.stream(NUMBERS).map(n -> Math.abs(n - value)).min().orElseThrow();
      if (value <= 448) {
        assertThat(distance).as("%s, seed %d", value, seed).isEqualTo(least);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "464, 448",
    "-464, -448",
    "464.01, NaN",
    "-1e300, NaN",
    "Infinity, NaN",
    "NaN, NaN",
    "0.0009765625, 0",
    "0.00097656251, 0.001953125",
    "-0.0, -0.0"
  })
  void limits(double value, double rounded) {
    assertThat(Float8.roundE4m3fn(value)).isEqualTo(Double.valueOf(rounded));
    assertThat((double) Float8.fromE4m3fn(Float8.toE4m3fn(value)))
        .isEqualTo(Double.valueOf(rounded));
  }
}
