package io.github.weighbridge.exporter.onnx;

import static io.github.weighbridge.core.tensor.DataType.BOOL;
import static io.github.weighbridge.core.tensor.DataType.FLOAT32;
import static io.github.weighbridge.core.tensor.DataType.INT32;
import static io.github.weighbridge.core.tensor.DataType.INT64;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.core.op.BatchNormalization;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.CumSum;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.LayerNormalization;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
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

/** Every operation but windows and recurrence: what ONNX Runtime computes is what we mean. */
class OperationParityTest {

  @TempDir Path folder;

  private record Row(String name, Consumer<Sample> sample) {}

  @TestFactory
  Stream<DynamicTest> operations() {
    List<Row> rows = new ArrayList<>();
    unary(rows);
    binary(rows);
    types(rows);
    shapes(rows);
    slices(rows);
    gathers(rows);
    reductions(rows);
    products(rows);
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

  private static Tensor absolute(Tensor x) {
    float[] values = x.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return Tensor.of(values, x.sizes());
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

  private static Tensor nonZero(Tensor y) {
    long[] values = y.longs();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] == 0 ? 3 : values[i];
    }
    return Tensor.of(values, y.sizes()).cast(y.dtype());
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

  private static void shapes(List<Row> rows) {
    rows.add(
        new Row(
            "Concat",
            s ->
                s.output(
                    new Concat(1),
                    s.input(s.numbers(FLOAT32, 2, 3), 0),
                    s.input(s.numbers(FLOAT32, 2, 1), 1),
                    s.weight(2, 2))));
    rows.add(
        new Row(
            "Transpose",
            s -> s.output(new Transpose(List.of(2, 0, 1)), s.floats(s.size(1, 4), 3, 2))));
    rows.add(
        new Row(
            "Transpose of a constant",
            s ->
                s.output(
                    s.builder.add(
                        "t",
                        new Binary(BinaryFunction.ADD),
                        s.floats(4, 2),
                        s.builder.add("k", new Transpose(List.of(1, 0)), s.weight(2, 4))))));
    rows.add(new Row("Unsqueeze", s -> s.output(new Unsqueeze(List.of(0, 2)), s.floats(3, 2))));
    rows.add(new Row("Squeeze", s -> s.output(new Squeeze(List.of(0, 2)), s.floats(1, 3, 1, 2))));
    rows.add(new Row("Squeeze of nothing", s -> s.output(new Squeeze(List.of()), s.floats(1, 3))));
    rows.add(
        new Row(
            "Expand",
            s ->
                s.output(
                    new Expand(
                        List.of(
                            new DimSource.Of(0, 0),
                            new DimSource.Fixed(4),
                            new DimSource.Of(1, 0))),
                    s.input(s.numbers(FLOAT32, 2, 1, 1), 0),
                    s.input(s.numbers(FLOAT32, 3), 0))));
    rows.add(
        new Row(
            "Expand to a higher rank",
            s ->
                s.output(
                    new Expand(List.of(new DimSource.Fixed(2), new DimSource.Of(0, 0))),
                    s.input(s.numbers(FLOAT32, 3), 0))));
    rows.add(
        new Row(
            "Reshape with the batch kept",
            s ->
                s.output(
                    new Reshape(List.of(new DimSource.Of(0, 0), new DimSource.Rest())),
                    s.input(s.numbers(FLOAT32, s.size(1, 4), 3, 2), 0))));
    rows.add(
        new Row(
            "Reshape that splits",
            s ->
                s.output(
                    new Reshape(
                        List.of(
                            new DimSource.Of(0, 0),
                            new DimSource.Fixed(2),
                            new DimSource.Fixed(3))),
                    s.input(s.numbers(FLOAT32, 4, 6), 0))));
    rows.add(
        new Row(
            "Reshape that exchanges sizes",
            s ->
                s.output(
                    new Reshape(
                        List.of(
                            new DimSource.Of(0, 1),
                            new DimSource.Of(0, 0),
                            new DimSource.Fixed(3))),
                    s.input(s.numbers(FLOAT32, 2, 4, 3), 0, 1))));
    rows.add(
        new Row(
            "Reshape by another's sizes",
            s ->
                s.output(
                    new Reshape(
                        List.of(
                            new DimSource.Of(1, 0), new DimSource.Of(1, 1), new DimSource.Rest())),
                    s.input(s.numbers(FLOAT32, 6, 5), 0),
                    s.input(s.numbers(FLOAT32, 3, 2), 0, 1))));
    for (Pad.Mode mode : Pad.Mode.values()) {
      rows.add(
          new Row(
              "Pad " + mode,
              s ->
                  s.output(
                      new Pad(
                          List.of(0L, 2L, 1L),
                          List.of(0L, 1L, 3L),
                          mode,
                          mode == Pad.Mode.CONSTANT ? -1.5 : 0),
                      s.floats(2, 4, 5))));
    }
    rows.add(
        new Row(
            "Pad of int64",
            s ->
                s.output(
                    new Pad(List.of(1L), List.of(2L), Pad.Mode.CONSTANT, 7),
                    s.input(s.numbers(INT64, 4)))));
    rows.add(
        new Row(
            "Pad of bool",
            s ->
                s.output(
                    new Pad(List.of(1L), List.of(2L), Pad.Mode.CONSTANT, 0),
                    s.input(s.numbers(BOOL, 4)))));
  }

  private static void slices(List<Row> rows) {
    long[][] cuts = {
      {1, Slice.TO_END, 1}, {0, -2, 1}, {-3, Slice.TO_END, 2}, {1, 100, 3}, {-100, 3, 1},
      {-1, Slice.TO_BEGIN, -1}, {4, 1, -2}, {100, Slice.TO_BEGIN, -3}, {-2, -5, -1}, {3, 3, 1}
    };
    for (long[] cut : cuts) {
      rows.add(
          new Row(
              "Slice " + cut[0] + ":" + cut[1] + ":" + cut[2],
              s ->
                  s.output(
                      new Slice(List.of(1), List.of(cut[0]), List.of(cut[1]), List.of(cut[2])),
                      s.input(s.numbers(FLOAT32, 2, s.size(5, 8), 3), 1))));
    }
  }

  private static void gathers(List<Row> rows) {
    for (DataType dtype : List.of(INT32, INT64)) {
      rows.add(
          new Row(
              "Gather by " + dtype,
              s ->
                  s.output(
                      new Gather(0, 0),
                      s.weight(6, 3),
                      s.input(indices(s, 6, 2, 4).cast(dtype), 0))));
      rows.add(
          new Row(
              "Gather in each batch by " + dtype,
              s ->
                  s.output(
                      new Gather(1, 1),
                      s.input(s.numbers(FLOAT32, 3, 5, 2), 0),
                      s.input(indices(s, 5, 3, 4).cast(dtype), 0))));
    }
    rows.add(
        new Row(
            "Gather along axis 1",
            s -> s.output(new Gather(1, 0), s.floats(2, 5, 3), s.input(indices(s, 5, 2)))));
    rows.add(
        new Row(
            "Gather in each batch along axis 2",
            s -> s.output(new Gather(2, 1), s.floats(2, 3, 5, 2), s.input(indices(s, 5, 2, 4)))));
    rows.add(
        new Row(
            "Gather one in each batch",
            s -> s.output(new Gather(1, 1), s.floats(3, 5, 2), s.input(indices(s, 5, 3)))));
    for (DataType dtype : List.of(FLOAT32, INT32, BOOL)) {
      rows.add(
          new Row(
              "ArgSort of " + dtype,
              s -> s.output(new ArgSort(1, false), s.input(s.numbers(dtype, 3, 9), 1))));
      rows.add(
          new Row(
              "ArgSort downwards of " + dtype,
              s -> s.output(new ArgSort(0, true), s.input(s.numbers(dtype, 7, 2)))));
    }
    for (DataType dtype : List.of(FLOAT32, INT32, INT64)) {
      rows.add(
          new Row(
              "CumSum of " + dtype,
              s -> s.output(new CumSum(1), s.input(s.numbers(dtype, 2, 6, 2)))));
    }
  }

  private static Tensor indices(Sample s, int limit, long... sizes) {
    int[] values = new int[(int) java.util.Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = s.random.nextInt(limit);
    }
    return Tensor.of(values, sizes);
  }

  private static void reductions(List<Row> rows) {
    for (Reduce.Function function : Reduce.Function.values()) {
      boolean logical = function == Reduce.Function.ANY || function == Reduce.Function.ALL;
      for (DataType dtype : logical ? List.of(BOOL) : List.of(FLOAT32, INT32, INT64)) {
        rows.add(
            new Row(
                "Reduce " + function + " of " + dtype,
                s ->
                    s.output(
                        new Reduce(function, List.of(0, 2), false),
                        s.input(s.numbers(dtype, 2, 3, s.size(1, 4)), 2))));
      }
      DataType dtype = logical ? BOOL : FLOAT32;
      rows.add(
          new Row(
              "Reduce " + function + " keeping axes",
              s ->
                  s.output(
                      new Reduce(function, List.of(1), true), s.input(s.numbers(dtype, 2, 3, 2)))));
    }
    rows.add(
        new Row(
            "Reduce over no axis",
            s -> s.output(new Reduce(Reduce.Function.SUM, List.of(), false), s.floats(2, 3))));
    for (boolean log : new boolean[] {false, true}) {
      rows.add(
          new Row("Softmax log=" + log, s -> s.output(new Softmax(1, log), s.floats(2, 5, 3))));
      rows.add(
          new Row(
              "Softmax of the last axis log=" + log,
              s -> s.output(new Softmax(2, log), s.input(s.numbers(FLOAT32, 2, 5, 3), 0))));
    }
    rows.add(
        new Row(
            "LayerNormalization",
            s ->
                s.output(
                    new LayerNormalization(2, 1e-3), s.floats(2, 3, 6), s.weight(6), s.weight(6))));
    rows.add(
        new Row(
            "LayerNormalization of two axes",
            s ->
                s.output(
                    new LayerNormalization(1, 1e-5), s.floats(2, 3, 4), s.weight(3, 4), null)));
    for (int axis = 1; axis <= 3; axis++) {
      int at = axis;
      rows.add(
          new Row(
              "BatchNormalization at axis " + axis,
              s -> {
                long[] sizes = {2, 4, 4, 4};
                Value variance = s.builder.constant("v", absolute(s.numbers(FLOAT32, 4)));
                s.output(
                    new BatchNormalization(1e-3, at),
                    s.floats(sizes),
                    s.weight(4),
                    s.weight(4),
                    s.weight(4),
                    variance);
              }));
    }
    rows.add(
        new Row(
            "BatchNormalization of vectors",
            s ->
                s.output(
                    new BatchNormalization(1e-2, 1),
                    s.input(s.numbers(FLOAT32, 3, 5), 0),
                    s.weight(5),
                    s.weight(5),
                    s.weight(5),
                    s.builder.constant("v", absolute(s.numbers(FLOAT32, 5))))));
  }

  private static void products(List<Row> rows) {
    rows.add(new Row("MatMul", s -> s.output(new MatMul(), s.floats(3, 4), s.floats(4, 2))));
    rows.add(
        new Row(
            "MatMul of batches",
            s ->
                s.output(
                    new MatMul(), s.input(s.numbers(FLOAT32, 2, 1, 3, 4), 0), s.floats(5, 4, 2))));
    rows.add(
        new Row(
            "MatMul of int32",
            s ->
                s.output(
                    new MatMul(),
                    s.input(s.numbers(INT32, 3, 4)),
                    s.input(s.numbers(INT32, 4, 2)))));
    rows.add(
        new Row(
            "MatMul and bias",
            s -> {
              Value product =
                  s.builder.add(
                      "dense/MatMul",
                      new MatMul(),
                      s.input(s.numbers(FLOAT32, 3, 4), 0),
                      s.weight(4, 2));
              s.output(new Binary(BinaryFunction.ADD), product, s.weight(2));
            }));
    rows.add(
        new Row(
            "MatMul that is wanted itself",
            s -> {
              Value product =
                  s.builder.add("dense/MatMul", new MatMul(), s.floats(3, 4), s.weight(4, 2));
              s.output(product).output(new Binary(BinaryFunction.ADD), product, s.weight(2));
            }));
  }
}
