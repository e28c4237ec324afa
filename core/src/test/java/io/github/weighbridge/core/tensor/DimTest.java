package io.github.weighbridge.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Arithmetic on dimensions, in numbers and in names. */
class DimTest {

  private static final Dim SEVEN = Dim.of(7);
  private static final Dim TIME = Dim.symbolic("time");

  static Stream<Arguments> results() {
    return Stream.of(
        arguments("fixed plus", SEVEN.plus(3), "10"),
        arguments("fixed minus", SEVEN.plus(-3), "4"),
        arguments("never below 0", SEVEN.plus(-9), "0"),
        arguments("fixed times", SEVEN.times(3), "21"),
        arguments("fixed times 0", SEVEN.times(0), "0"),
        arguments("fixed ceil", SEVEN.ceilDiv(2), "4"),
        arguments("fixed ceil, even", Dim.of(8).ceilDiv(2), "4"),
        arguments("ceil of the largest", Dim.of(Long.MAX_VALUE).ceilDiv(2), "4611686018427387904"),
        arguments("fixed floor", SEVEN.floorDiv(2), "3"),
        arguments("fixed plus fixed", SEVEN.plus(Dim.of(2)), "9"),
        arguments("fixed times fixed", SEVEN.times(Dim.of(2)), "14"),
        arguments("plus", TIME.plus(3), "time+3"),
        arguments("minus", TIME.plus(-3), "time-3"),
        arguments("plus 0", TIME.plus(0), "time"),
        arguments("times", TIME.times(3), "time*3"),
        arguments("times 1", TIME.times(1), "time"),
        arguments("times 0", TIME.times(0), "0"),
        arguments("ceil", TIME.ceilDiv(2), "ceil(time/2)"),
        arguments("ceil by 1", TIME.ceilDiv(1), "time"),
        arguments("floor", TIME.floorDiv(2), "floor(time/2)"),
        arguments("floor by 1", TIME.floorDiv(1), "time"),
        arguments("sum in a product", TIME.plus(1).times(2), "(time+1)*2"),
        arguments("sum in a sum", TIME.plus(1).plus(2), "(time+1)+2"),
        arguments("product in a sum", TIME.times(2).plus(1), "time*2+1"),
        arguments("sum in a quotient", TIME.plus(-1).ceilDiv(2), "ceil((time-1)/2)"),
        arguments("name plus name", TIME.plus(Dim.symbolic("batch")), "time+batch"),
        arguments("name times name", TIME.times(Dim.symbolic("batch")), "time*batch"),
        arguments("fixed plus name", SEVEN.plus(TIME), "time+7"),
        arguments("fixed times name", SEVEN.times(TIME), "time*7"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("results")
  void computes(String row, Dim result, String text) {
    assertThat(result).hasToString(text);
    assertThat(result.isFixed()).isEqualTo(text.matches("\\d+"));
  }

  @Test
  void equalWhereComputedAlike() {
    assertThat(TIME.plus(1).ceilDiv(2)).isEqualTo(Dim.symbolic("time").plus(1).ceilDiv(2));
    assertThat(TIME.plus(1)).isNotEqualTo(TIME.plus(2));
  }

  @Test
  void overflowIsRefused() {
    Dim largest = Dim.of(Long.MAX_VALUE);
    assertThatThrownBy(() -> largest.plus(1)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> largest.times(2)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void negativeSizesAreRefused() {
    assertThatThrownBy(() -> Dim.of(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a dimension is not negative, got -1");
  }

  @Test
  void unknownSizesAreNotGuessed() {
    assertThatThrownBy(TIME::size)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the size of dimension 'time' is not known");
  }
}
