package io.github.weighbridge.runtime.kernel;

import static io.github.weighbridge.runtime.Parity.check;
import static io.github.weighbridge.runtime.Parity.random;
import static io.github.weighbridge.runtime.Parity.randomInts;

import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementwiseTest {

  private static Unary unary(UnaryFunction function) {
    return switch (function) {
      case LEAKY_RELU, HARD_SIGMOID -> new Unary(function, 0.2, 0.5);
      case ELU, CELU -> Unary.of(function, 1.3);
      case CLIP -> new Unary(function, -0.5, 1.5);
      case THRESHOLDED_RELU -> Unary.of(function, 0.7);
      default -> Unary.of(function);
    };
  }

  @ParameterizedTest
  @EnumSource(UnaryFunction.class)
  void functionsOfOneNumber(UnaryFunction function) {
    if (function == UnaryFunction.LOGICAL_NOT) {
      check(unary(function), randomInts(1, 2, 3, 5).cast(DataType.BOOL));
      return;
    }
    check(unary(function), random(1, 3, 5));
    check(unary(function), random(2, 1, 2500));
    check(unary(function), random(3, 5, 5000));
    check(unary(function), random(4, 7).cast(DataType.FLOAT64));
    check(unary(function), random(5, 7).cast(DataType.BFLOAT16));
    check(
        unary(function),
        Tensor.of(
            new float[] {
              0f,
              -0f,
              1e-4f,
              -1e-4f,
              0.5f,
              -2.5f,
              20,
              -20,
              90,
              -90,
              1e-30f,
              Float.NaN,
              Float.POSITIVE_INFINITY,
              Float.NEGATIVE_INFINITY
            },
            14));
  }

  @ParameterizedTest
  @EnumSource(
      value = UnaryFunction.class,
      names = {"ABS", "NEGATE", "SIGN", "RELU"})
  void functionsOfWholeNumbers(UnaryFunction function) {
    check(unary(function), Tensor.of(new int[] {-3, 0, 4}, 3));
    check(unary(function), Tensor.of(new long[] {-3, 0, 1L << 40}, 3));
  }

  @ParameterizedTest
  @EnumSource(BinaryFunction.class)
  void functionsOfTwoNumbers(BinaryFunction function) {
    if (function.isLogical()) {
      check(
          new Binary(function),
          randomInts(1, 2, 3, 5).cast(DataType.BOOL),
          randomInts(2, 2, 5).cast(DataType.BOOL));
      return;
    }
    long[][][] shapes = {
      {{3, 5}, {3, 5}},
      {{3, 5}, {5}},
      {{5}, {3, 5}},
      {{3, 1}, {1, 5}},
      {{2, 3, 4}, {2, 1, 4}},
      {{2, 3, 4}, {3, 1}},
      {{2, 3, 4}, {}},
      {{}, {2, 1}},
      {{30, 700}, {700}},
      {{30, 700}, {30, 700}},
      {{30, 700}, {30, 1}},
      {{1, 5}, {0, 5}},
    };
    for (long[][] pair : shapes) {
      Tensor x = random(1, pair[0]);
      Tensor y = random(2, pair[1]);
      check(new Binary(function), x, y);
    }
    check(
        new Binary(function),
        random(1, 3, 5).cast(DataType.FLOAT64),
        random(2, 5).cast(DataType.FLOAT64));
  }

  @ParameterizedTest
  @EnumSource(
      value = BinaryFunction.class,
      names = {"ADD", "SUBTRACT", "MULTIPLY", "FLOOR_DIVIDE", "MODULO", "MAXIMUM", "LESS", "EQUAL"})
  void functionsOfTwoWholeNumbers(BinaryFunction function) {
    check(
        new Binary(function),
        Tensor.of(new int[] {7, -7, 6, 3}, 2, 2),
        Tensor.of(new int[] {2, -3}, 2));
  }

  @Test
  void conversions() {
    DataType[] types = {
      DataType.FLOAT32,
      DataType.FLOAT64,
      DataType.INT32,
      DataType.INT64,
      DataType.UINT8,
      DataType.BOOL,
      DataType.FLOAT16
    };
    for (DataType from : types) {
      for (DataType to : types) {
        check(new Cast(to), Tensor.of(new float[] {0, 1, 2.5f, 100}, 2, 2).cast(from));
      }
    }
  }

  @Test
  void choices() {
    Tensor condition = randomInts(1, 2, 3, 1).cast(DataType.BOOL);
    check(new Where(), condition, random(1, 3, 5), random(2, 5));
    check(new Where(), condition, random(1, 1), random(2, 3, 5));
    check(
        new Where(),
        condition,
        random(1, 3, 5).cast(DataType.FLOAT64),
        random(2, 5).cast(DataType.FLOAT64));
    check(
        new Where(),
        condition,
        randomInts(1, 2, 3, 2).cast(DataType.BOOL),
        randomInts(1, 2, 3, 2).cast(DataType.BOOL));
    check(
        new Where(),
        condition,
        randomInts(1, 9, 3, 2).cast(DataType.INT16),
        randomInts(1, 9, 3, 2).cast(DataType.INT16));
  }
}
