package io.github.weighbridge.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slices by Python's rules, of axes whose size is known and of those whose size is not. */
class SliceTest {

  private static Slice slice(long start, long end, long step) {
    return new Slice(List.of(0), List.of(start), List.of(end), List.of(step));
  }

  private static Dim cut(Slice slice, Dim dim) {
    TensorType x = new TensorType(DataType.FLOAT32, Shape.of(dim));
    return slice.outputTypes(List.of(x)).get(0).shape().dim(0);
  }

  /** Python's {@code range(*slice(start, end, step).indices(size))}, walked step by step. */
  private static int walked(long start, long end, long step, long size) {
    long low = step > 0 ? 0 : -1;
    long high = step > 0 ? size : size - 1;
    long from = Math.max(low, Math.min(high, start < 0 ? start + size : start));
    long to =
        end == Slice.TO_END
            ? size
            : end == Slice.TO_BEGIN
                ? -1
                : Math.max(low, Math.min(high, end < 0 ? end + size : end));
    int count = 0;
    for (long at = from; step > 0 ? at < to : at > to; at += step) {
      count++;
    }
    return count;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void countsWhatAWalkTakes(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      long step = random.nextInt(9) - 4L;
      if (step == 0) {
        continue;
      }
      long start = random.nextInt(21) - 10L;
      long open = step > 0 ? Slice.TO_END : Slice.TO_BEGIN;
      long end = random.nextInt(5) == 0 ? open : random.nextInt(21) - 10L;
      long size = random.nextInt(9);
      assertThat(cut(slice(start, end, step), Dim.of(size)))
          .as("[%d:%d:%d] of %d, seed %d", start, end, step, size, seed)
          .isEqualTo(Dim.of(walked(start, end, step, size)));
    }
  }

  static Stream<Arguments> unknownSizes() {
    return Stream.of(
        arguments("reversed", Slice.reversed(0), "time"),
        arguments("the whole", slice(0, Slice.TO_END, 1), "time"),
        arguments("from", slice(2, Slice.TO_END, 1), "time-2"),
        arguments("up to the last but two", slice(0, -2, 1), "time-2"),
        arguments("between", slice(1, -2, 1), "time-3"),
        arguments("every second", slice(0, Slice.TO_END, 2), "ceil(time/2)"),
        arguments("every second from 1", slice(1, Slice.TO_END, 2), "ceil((time-1)/2)"),
        arguments("nothing", slice(3, 3, 1), "0"),
        arguments("nothing from the end", slice(-1, -3, 1), "0"),
        // There may be fewer: two steps of a sequence of two, of which three are asked for.
        arguments("the first three", slice(0, 3, 1), "time[0:3]"),
        arguments("the second and third", slice(1, 3, 1), "time[1:3]"),
        arguments("the last three", slice(-3, Slice.TO_END, 1), "time[-3:]"),
        arguments("before the last", slice(-3, -1, 1), "time[-3:-1]"),
        arguments("from the end to a place", slice(-3, 2, 1), "time[-3:2]"),
        arguments("every second of three", slice(0, 3, 2), "time[0:3:2]"),
        arguments("backwards from a place", slice(4, Slice.TO_BEGIN, -1), "time[4::-1]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unknownSizes")
  void unknownSizesStayUnknownUnlessCertain(String row, Slice slice, String expected) {
    Dim dim = cut(slice, Dim.symbolic("time"));
    assertThat(dim).hasToString(expected);
    assertThat(dim.isFixed()).isEqualTo(expected.matches("\\d+"));
  }

  @Test
  void hugeStepsDoNotOverflow() {
    assertThat(cut(slice(0, Slice.TO_END, Long.MAX_VALUE), Dim.of(5))).isEqualTo(Dim.of(1));
    assertThat(cut(slice(-1, Slice.TO_BEGIN, Long.MIN_VALUE), Dim.of(5))).isEqualTo(Dim.of(1));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> slice(0, 1, 0)).hasMessage("a step is not 0");
    assertThatThrownBy(() -> new Slice(List.of(0, 1), List.of(0L), List.of(1L), List.of(1L)))
        .hasMessage("a slice has one start, end and step per axis");
    TensorType x = TensorType.of(DataType.FLOAT32, 3);
    assertThatThrownBy(() -> Slice.of(1, 0, 1).outputTypes(List.of(x)))
        .hasMessage("no axis 1 in float32[3]");
  }
}
