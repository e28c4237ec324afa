package io.github.weighbridge.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TensorTest {

  private static final List<DataType> NOT_NUMBERS =
      List.of(
          DataType.INT4,
          DataType.UINT4,
          DataType.FLOAT8_E5M2,
          DataType.COMPLEX64,
          DataType.COMPLEX128,
          DataType.STRING);

  @Test
  void factoriesKeepTypeShapeAndValues() {
    assertThat(Tensor.of(new float[] {1, 2.5f}, 2).floats()).containsExactly(1, 2.5f);
    assertThat(Tensor.of(new double[] {1e300}, 1, 1).doubles()).containsExactly(1e300);
    assertThat(Tensor.of(new int[] {-1}, 1).longs()).containsExactly(-1);
    assertThat(Tensor.of(new long[] {1L << 60}).longs()).containsExactly(1L << 60);
    assertThat(Tensor.of(new boolean[] {true, false}, 2).doubles()).containsExactly(1, 0);
    assertThat(Tensor.of(new String[] {"a", "ö"}, 2).strings()).containsExactly("a", "ö");
    assertThat(Tensor.of(new float[6], 2, 3)).hasToString("float32[2, 3]");
    assertThat(Tensor.of(new float[6], 2, 3).reshaped(3, 2)).hasToString("float32[3, 2]");
  }

  @Test
  void valuesAreCopiedIn() {
    float[] values = {1};
    Tensor tensor = Tensor.of(values, 1);
    values[0] = 2;
    assertThat(tensor.getDouble(0)).isEqualTo(1);
    assertThat(tensor.bytes().isReadOnly()).isTrue();
    assertThat(tensor.bytes().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void wrongNumbersOfElementsAreRefused() {
    assertThatThrownBy(() -> Tensor.of(new float[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("float32[2, 3] has 6 elements, got 5");
    assertThatThrownBy(() -> Tensor.of(DataType.INT16, ByteBuffer.allocate(3), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("int16[2] has 4 bytes, got 3");
    assertThatThrownBy(() -> Tensor.of(new float[] {1}, 2).reshaped(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("float32[2] has 2 elements, got 1");
    assertThatThrownBy(() -> Tensor.of(new float[] {1}, -1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a dimension is not negative, got -1");
  }

  @Test
  void stringsAreNoNumbers() {
    Tensor strings = Tensor.of(new String[] {"a"}, 1);
    assertThatThrownBy(strings::bytes)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("strings have no bytes");
    assertThatThrownBy(() -> Tensor.of(new int[1], 1).strings())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("int32 elements are not strings");
  }

  static Stream<Arguments> casts() {
    return Stream.of(
        arguments("cut off towards 0", DataType.FLOAT32, -2.7, DataType.INT32, -2.0),
        arguments("wraps", DataType.INT32, 300.0, DataType.INT8, 44.0),
        arguments("wraps below 0", DataType.INT32, -1.0, DataType.UINT8, 255.0),
        arguments("unsigned 32", DataType.INT32, -1.0, DataType.UINT32, 4294967295.0),
        arguments("unsigned 16", DataType.UINT16, 65535.0, DataType.INT16, -1.0),
        arguments("any number is true", DataType.FLOAT32, 0.25, DataType.BOOL, 1.0),
        arguments("0 is false", DataType.INT8, 0.0, DataType.BOOL, 0.0),
        arguments("true is 1", DataType.BOOL, 1.0, DataType.FLOAT16, 1.0),
        arguments("unsigned above 2^63", DataType.UINT64, 0x1p63, DataType.FLOAT32, 0x1p63),
        arguments("to above 2^63", DataType.FLOAT64, 0x1.8p63, DataType.UINT64, 0x1.8p63),
        arguments("rounded to half", DataType.FLOAT32, 2049.0, DataType.FLOAT16, 2048.0),
        // As a float this would be the tie between 1 and 1 + 2^-10, which goes down.
        arguments(
            "rounded once", DataType.FLOAT64, 1 + 0x1p-11 + 0x1p-40, DataType.FLOAT16, 1 + 0x1p-10),
        arguments("to brain float", DataType.FLOAT32, 1.01, DataType.BFLOAT16, 1.0078125));
  }

  @ParameterizedTest(name = "{0}: {1} {2} to {3}")
  @MethodSource("casts")
  void casts(String row, DataType from, double value, DataType to, double expected) {
    Tensor tensor = Tensor.filled(from, value, 3);
    assertThat(tensor.cast(to).doubles()).containsExactly(expected, expected, expected);
    // The lazy form has the same definition.
    assertThat(WeightRef.of(tensor).cast(to).load().doubles())
        .containsExactly(expected, expected, expected);
  }

  @Test
  void wholeNumbersBeyondDoublesAreCastExactly() {
    Tensor odd = Tensor.of(new long[] {(1L << 53) + 1}, 1);
    assertThat(odd.cast(DataType.INT32).longs()).containsExactly(1);
    assertThat(odd.cast(DataType.UINT64).longs()).containsExactly((1L << 53) + 1);
    assertThat(WeightRef.of(odd).cast(DataType.INT32).load().longs()).containsExactly(1);
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void everyTypeHoldsSmallNumbersOrSaysThatItDoesNot(DataType dtype) {
    if (NOT_NUMBERS.contains(dtype)) {
      assertThatThrownBy(() -> Tensor.filled(dtype, 1, 2))
          .isInstanceOf(UnsupportedOperationException.class);
      return;
    }
    double[] ones = new double[5];
    Arrays.fill(ones, 1);
    Tensor tensor = Tensor.filled(dtype, 1, 5);
    assertThat(tensor.doubles()).containsExactly(ones);
    assertThat(tensor.longs()).containsOnly(1);
    assertThat(tensor.bytes().remaining()).isEqualTo(5 * dtype.byteSize());
    assertThat(DataType.ofKerasName(dtype.kerasName())).contains(dtype);
  }
}
