package io.github.weighbridge.runtime.kernel;

import static io.github.weighbridge.runtime.Parity.check;
import static io.github.weighbridge.runtime.Parity.random;
import static io.github.weighbridge.runtime.Parity.randomInts;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.runtime.Session;
import io.github.weighbridge.runtime.SessionOptions;
import java.util.List;
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
    if (function.isBitwise()) {
      for (DataType dtype :
          new DataType[] {DataType.INT8, DataType.INT32, DataType.INT64, DataType.UINT8}) {
        check(
            new Binary(function),
            Tensor.of(new int[] {100, -100, 77, 0, -1, 5}, 2, 3).cast(dtype),
            Tensor.of(new int[] {3, 0, 7}, 3).cast(dtype));
      }
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
      names = {
        "ADD",
        "SUBTRACT",
        "MULTIPLY",
        "FLOOR_DIVIDE",
        "MODULO",
        "FMOD",
        "POWER",
        "MAXIMUM",
        "LESS",
        "EQUAL"
      })
  void functionsOfTwoWholeNumbers(BinaryFunction function) {
    check(
        new Binary(function),
        Tensor.of(new int[] {7, -7, 6, 3}, 2, 2),
        Tensor.of(new int[] {2, -3}, 2));
  }

  @Test
  void remaindersOfUnequalNumbers() {
    float infinite = Float.POSITIVE_INFINITY;
    Tensor x = Tensor.of(new float[] {5, -5, 0f, -0f, 1e10f, -7.5f, 3, infinite, 1, 1e-40f}, 10);
    Tensor y = Tensor.of(new float[] {infinite, infinite, 3, -3, 3, 2.5f, 0, 2, -1e30f, -3}, 10);
    for (BinaryFunction function :
        new BinaryFunction[] {BinaryFunction.MODULO, BinaryFunction.FMOD}) {
      check(new Binary(function), x, y);
    }
  }

  @Test
  void anglesOfEveryQuadrant() {
    float[] some = {0f, -0f, 1, -2, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};
    check(new Binary(BinaryFunction.ATAN2), Tensor.of(some, 7, 1), Tensor.of(some, 7));
  }

  @Test
  void quotientsAreRoundedBeforeTheyAreFloored() {
    try (Session session =
        Session.of(
            binary(BinaryFunction.FLOOR_DIVIDE, DataType.FLOAT32, 1), SessionOptions.DEFAULTS)) {
      List<Tensor> operands =
          List.of(Tensor.of(new float[] {1}, 1), Tensor.of(new float[] {0.1f}, 1));
      assertThat(session.run(operands).get(0).floats()).containsExactly(10);
    }
  }

  @Test
  void powersOfWholeNumbersAreExactAndWrap() {
    Tensor x = Tensor.of(new long[] {3, -3, 2, 10, -1, 2}, 6);
    Tensor y = Tensor.of(new long[] {39, 39, 64, 19, -3, -1}, 6);
    try (Session session =
        Session.of(binary(BinaryFunction.POWER, DataType.INT64, 6), SessionOptions.DEFAULTS)) {
      assertThat(session.run(List.of(x, y)).get(0).longs())
          .containsExactly(
              4052555153018976267L, -4052555153018976267L, 0, -8446744073709551616L, -1, 0);
    }
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
      DataType.FLOAT16,
      DataType.FLOAT8_E4M3FN
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

  private static Graph binary(BinaryFunction function, DataType dtype, long size) {
    GraphBuilder builder = new GraphBuilder("binary");
    Value x = builder.input("x", TensorType.of(dtype, size));
    Value y = builder.input("y", TensorType.of(dtype, size));
    Value z = builder.add("z", new Binary(function), x, y);
    return builder.build(Argument.of(List.of(x, y)), Argument.of(List.of(z)));
  }
}
