package io.github.weighbridge.exporter.onnx;

import static io.github.weighbridge.core.tensor.DataType.BOOL;
import static io.github.weighbridge.core.tensor.DataType.FLOAT32;
import static io.github.weighbridge.core.tensor.DataType.INT32;
import static io.github.weighbridge.core.tensor.DataType.INT64;

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
                boolean positive = function == UnaryFunction.SQRT || function == UnaryFunction.LOG;
                s.output(op, s.input(positive ? absolute(x) : x, 0));
              }));
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
      List<DataType> types =
          function.isLogical()
              ? List.of(BOOL)
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
                          || function == BinaryFunction.MODULO;
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

  private static Tensor absolute(Tensor x) {
    float[] values = x.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return Tensor.of(values, x.sizes());
  }

  private static Tensor nonZero(Tensor y) {
    long[] values = y.longs();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] == 0 ? 3 : values[i];
    }
    return Tensor.of(values, y.sizes()).cast(y.dtype());
  }
}
