package io.github.weighbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToleranceTest {

  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private final Tolerance tolerance = new Tolerance(0.5, 0.25);

  /** The limit is 0.5 + 0.25 * |expected|, itself allowed. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0, true",
    "0.5000001, 0, false",
    "-0.5, 0, true",
    "5.5, 4, true",
    "2.5, 4, true",
    "5.500001, 4, false",
    "-5.5, -4, true",
    "4, 5.5, true",
    "4, 6.1, false",
    "NaN, NaN, true",
    "NaN, 0, false",
    "0, NaN, false",
    "Infinity, Infinity, true",
    "-Infinity, -Infinity, true",
    "Infinity, -Infinity, false",
    "Infinity, 1e300, false",
    "1e300, Infinity, false",
    "NaN, Infinity, false",
    "Infinity, NaN, false",
    "-0.0, 0.0, true"
  })
  void comparesElements(double got, double expected, boolean matches) {
    assertThat(compare(Tensor.of(new double[] {got}, 1), Tensor.of(new double[] {expected}, 1)))
        .isEqualTo(matches);
  }

  @Test
  void comparesWholeNumbersExactly() {
    Tensor three = Tensor.of(new double[] {3}, 1).cast(DataType.INT32);
    Tensor almost = Tensor.of(new double[] {3.1}, 1);

    assertThat(compare(three, three)).isTrue();
    assertThat(compare(Tensor.of(new double[] {4}, 1), three)).isFalse();
    assertThat(compare(almost, three)).isFalse();
  }

  @Test
  void comparesTextsExactly() {
    Tensor text = Tensor.of(new String[] {"a", "b"}, 2);

    assertThat(compare(text, Tensor.of(new String[] {"a", "b"}, 2))).isTrue();
    assertThat(compare(text, Tensor.of(new String[] {"a", "B"}, 2))).isFalse();
    assertThat(compare(text, Tensor.of(new double[] {1, 2}, 2))).isFalse();
  }

  @Test
  void comparesEmptyArraysByShape() {
    assertThat(compare(Tensor.of(new double[0], 0, 3), Tensor.of(new double[0], 0, 3))).isTrue();
    assertThat(compare(Tensor.of(new double[0], 0, 3), Tensor.of(new double[0], 0, 4))).isFalse();
  }

  @Test
  void tellsTheFirstDifferenceAndTheLargest() {
    Tolerance.Verdict verdict =
        tolerance.compare(
            List.of(Tensor.of(new double[] {0, 1, 9, 20}, 2, 2)),
            List.of(Tensor.of(new double[] {0, 1, 2, 3}, 2, 2)));

    assertThat(verdict.maxAbsDiff()).isEqualTo(17);
    assertThat(verdict.mismatch())
        .isEqualTo("output 0: 2 of 4 elements differ, the first at 2: got 9.0, expected 2.0");
  }

  @Test
  void tellsAnotherShapeAndAnotherCount() {
    Tensor flat = Tensor.of(new double[4], 4);
    Tensor square = Tensor.of(new double[4], 2, 2);

    assertThat(tolerance.compare(List.of(square), List.of(flat)).mismatch())
        .isEqualTo("output 0 has shape [2, 2], expected [4]");
    assertThat(tolerance.compare(List.of(flat, flat), List.of(flat)).mismatch())
        .isEqualTo("got 2 outputs, expected 1");
  }

  @Test
  void differenceOfWhatIsNoNumberIsInfinite() {
    Tensor nan = Tensor.of(new double[] {NAN}, 1);
    Tensor infinity = Tensor.of(new double[] {INF}, 1);

    assertThat(tolerance.compare(List.of(nan), List.of(infinity)).maxAbsDiff()).isEqualTo(INF);
    assertThat(tolerance.compare(List.of(nan), List.of(nan)).maxAbsDiff()).isZero();
  }

  private boolean compare(Tensor got, Tensor expected) {
    return tolerance.compare(List.of(got), List.of(expected)).matches();
  }
}
