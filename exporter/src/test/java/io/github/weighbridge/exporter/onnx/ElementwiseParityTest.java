package io.github.weighbridge.exporter.onnx;

import static io.github.weighbridge.core.tensor.DataType.BOOL;
import static io.github.weighbridge.core.tensor.DataType.FLOAT32;
import static io.github.weighbridge.core.tensor.DataType.INT32;
import static io.github.weighbridge.core.tensor.DataType.INT64;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Functions of single elements, in every type that they take. */
class ElementwiseParityTest {

  @TempDir Path folder;

  private record Row(String name, Consumer<Sample> sample) {}

  @TestFactory
  Stream<DynamicTest> elementwise() {
    List<Row> rows = new ArrayList<>();
    unary(rows);
    binary(rows);
    types(rows);
    return Parity.tests(folder, rows.stream(), Row::name, Row::sample);
  }

  @TestFactory
  Stream<DynamicTest> bits() {
    List<Row> rows = new ArrayList<>();
    for (BinaryFunction function :
        List.of(
            BinaryFunction.BITWISE_AND, BinaryFunction.BITWISE_OR, BinaryFunction.BITWISE_XOR)) {
      bitwise(rows, function);
    }
    return Parity.tests(folder, 18, rows.stream(), Row::name, Row::sample);
  }

  @TestFactory
  Stream<DynamicTest> shifts() {
    List<Row> rows = new ArrayList<>();
    bitwise(rows, BinaryFunction.SHIFT_LEFT);
    bitwise(rows, BinaryFunction.SHIFT_RIGHT);
    for (BinaryFunction function : List.of(BinaryFunction.SHIFT_LEFT, BinaryFunction.SHIFT_RIGHT)) {
      Tensor ends = Tensor.of(new long[] {Long.MIN_VALUE, -1, 1, Integer.MIN_VALUE}, 4, 1);
      for (DataType dtype : List.of(INT32, INT64)) {
        // As doubles, the reference holds 53 bits only: the numbers come back to few of them.
        long last = dtype.bits() - 1L;
        rows.add(
            new Row(
                function + " to the ends of " + dtype,
                s ->
                    s.output(
                        new Binary(function),
                        s.input(ends.cast(dtype)),
                        s.input(Tensor.of(new long[] {0, 1, last}, 3).cast(dtype)))));
      }
    }
    return Parity.tests(folder, rows.stream(), Row::name, Row::sample);
  }

  private static void bitwise(List<Row> rows, BinaryFunction function) {
    boolean shift = function == BinaryFunction.SHIFT_LEFT || function == BinaryFunction.SHIFT_RIGHT;
    for (DataType dtype : List.of(INT32, INT64, DataType.INT8, DataType.UINT8)) {
      rows.add(
          new Row(
              function + " of " + dtype,
              s -> {
                Tensor x = s.numbers(dtype, s.size(1, 4), 1, 3);
                Tensor y = s.numbers(dtype, 4, 3);
                Tensor count = absolute(y.cast(FLOAT32)).cast(dtype);
                s.output(new Binary(function), s.input(x, 0), s.input(shift ? count : y));
              }));
    }
  }

  private static void unary(List<Row> rows) {
    for (UnaryFunction function : UnaryFunction.values()) {
      Unary op =
          switch (function) {
            case LEAKY_RELU -> Unary.of(function, 0.3);
            case ELU, CELU -> Unary.of(function, 1.3);
            case THRESHOLDED_RELU -> Unary.of(function, 0.7);
            case HARD_SIGMOID -> new Unary(function, 0.2, 0.5);
            case CLIP -> new Unary(function, -0.5, 1.5);
            default -> Unary.of(function);
          };
      rows.add(
          new Row(
              function.name(),
              s -> {
                DataType dtype = function == UnaryFunction.LOGICAL_NOT ? BOOL : FLOAT32;
                Tensor x = s.numbers(dtype, s.size(1, 4), 5);
                s.output(op, s.input(within(function, x), 0));
              }));
    }
    for (UnaryFunction function : List.of(UnaryFunction.EXPM1, UnaryFunction.LOG1P)) {
      rows.add(
          new Row(
              function + " near 0",
              s -> {
                Value x = s.input(mapped(s.numbers(FLOAT32, 3, 50), v -> v * 1e-5f));
                Value y = s.builder.add("f", Unary.of(function), x);
                Value scale = s.builder.constant("scale", Tensor.filled(FLOAT32, 1e5));
                s.output(new Binary(BinaryFunction.MULTIPLY), y, scale);
              }));
      float infinite = Float.POSITIVE_INFINITY;
      Tensor corners = Tensor.of(new float[] {-1, 0f, -0f, 30, infinite, Float.NaN}, 6);
      rows.add(
          new Row(
              function + " of corners", s -> s.output(Unary.of(function), s.input(corners, 0))));
    }
    Unary below = new Unary(UnaryFunction.CLIP, Double.NEGATIVE_INFINITY, 0.5);
    rows.add(new Row("CLIP from above only", s -> s.output(below, s.floats(7))));
    for (UnaryFunction function :
        List.of(
            UnaryFunction.ABS,
            UnaryFunction.NEGATE,
            UnaryFunction.RELU,
            UnaryFunction.SIGN,
            UnaryFunction.ROUND)) {
      for (DataType dtype : List.of(DataType.INT8, INT32, INT64)) {
        rows.add(
            new Row(
                function + " of " + dtype,
                s -> s.output(Unary.of(function), s.input(s.numbers(dtype, 9)))));
      }
    }
  }

  private static void binary(List<Row> rows) {
    for (BinaryFunction function : BinaryFunction.values()) {
      if (function.isBitwise()) {
        continue;
      }
      List<DataType> types =
          function.isLogical()
              ? List.of(BOOL)
              : function.isFloating()
                  ? List.of(FLOAT32, DataType.FLOAT16)
                  : List.of(FLOAT32, INT32, INT64, DataType.INT8, DataType.UINT8);
      for (DataType dtype : types) {
        rows.add(
            new Row(
                function + " of " + dtype,
                s -> {
                  int n = s.size(1, 4);
                  Tensor x = s.numbers(dtype, n, 1, 3);
                  Tensor y = s.numbers(dtype, 4, 3);
                  boolean divides =
                      function == BinaryFunction.DIVIDE
                          || function == BinaryFunction.FLOOR_DIVIDE
                          || function == BinaryFunction.MODULO
                          || function == BinaryFunction.FMOD;
                  if (function == BinaryFunction.POWER) {
                    x = absolute(x.cast(FLOAT32)).cast(dtype);
                    y = absolute(y.cast(FLOAT32)).cast(dtype);
                  } else if (divides && !dtype.isFloating()) {
                    y = nonZero(y);
                  }
                  s.output(new Binary(function), s.input(x, 0), s.input(y));
                }));
      }
    }
    rows.add(
        new Row(
            "EQUAL of bool",
            s ->
                s.output(
                    new Binary(BinaryFunction.EQUAL),
                    s.input(s.numbers(BOOL, 5)),
                    s.input(s.numbers(BOOL, 5)))));
    float[] corners = {
      0f, -0f, 1, -2, 3e-39f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN
    };
    for (BinaryFunction function :
        List.of(BinaryFunction.ATAN2, BinaryFunction.MODULO, BinaryFunction.FMOD)) {
      rows.add(
          new Row(
              function + " of corners",
              s ->
                  s.output(
                      new Binary(function),
                      s.input(Tensor.of(corners, 8, 1), 0),
                      s.input(Tensor.of(corners, 8)))));
    }
    for (DataType dtype : List.of(FLOAT32, INT32, INT64, BOOL, DataType.INT8)) {
      rows.add(
          new Row(
              "Where of " + dtype,
              s ->
                  s.output(
                      new Where(),
                      s.input(s.numbers(BOOL, 3, 1)),
                      s.input(s.numbers(dtype, 3, 4)),
                      s.input(s.numbers(dtype, 4)))));
    }
  }

  private static void types(List<Row> rows) {
    List<DataType> types =
        List.of(
            FLOAT32,
            DataType.FLOAT16,
            DataType.FLOAT64,
            DataType.BFLOAT16,
            INT32,
            INT64,
            DataType.UINT8,
            BOOL);
    for (DataType from : types) {
      for (DataType to : types) {
        // Negative numbers have no unsigned form that everybody agrees on.
        boolean agreed = to != DataType.UINT8 || from == BOOL || from == DataType.UINT8;
        if (agreed) {
          rows.add(
              new Row(
                  "Cast " + from + " to " + to,
                  s -> s.output(new Cast(to), s.input(s.numbers(from, 6)))));
        }
      }
    }
  }

  /** Numbers where a function has values. */
  private static Tensor within(UnaryFunction function, Tensor x) {
    return switch (function) {
      case SQRT, LOG -> absolute(x);
      case LOG1P -> mapped(x, v -> Math.abs(v) - 0.9f);
      case ASIN, ACOS, ATANH -> mapped(x, v -> v / 8);
      case ACOSH -> mapped(x, v -> 1 + Math.abs(v));
      default -> x;
    };
  }

  private static Tensor mapped(Tensor x, UnaryOperator<Float> function) {
    float[] values = x.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] = function.apply(values[i]);
    }
    return Tensor.of(values, x.sizes());
  }

  private static Tensor absolute(Tensor x) {
    return mapped(x, Math::abs);
  }

  private static Tensor nonZero(Tensor y) {
    long[] values = y.longs();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] == 0 ? 3 : values[i];
    }
    return Tensor.of(values, y.sizes()).cast(y.dtype());
  }
}
