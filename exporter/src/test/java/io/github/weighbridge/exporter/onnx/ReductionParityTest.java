package io.github.weighbridge.exporter.onnx;

import static io.github.weighbridge.core.tensor.DataType.BOOL;
import static io.github.weighbridge.core.tensor.DataType.FLOAT32;
import static io.github.weighbridge.core.tensor.DataType.INT32;
import static io.github.weighbridge.core.tensor.DataType.INT64;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BatchNormalization;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.LayerNormalization;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Softmax;
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

/** Reductions, normalisations and products of matrices. */
class ReductionParityTest {

  @TempDir Path folder;

  private record Row(String name, Consumer<Sample> sample) {}

  @TestFactory
  Stream<DynamicTest> alongAxes() {
    List<Row> rows = new ArrayList<>();
    reductions(rows);
    products(rows);
    return Parity.tests(folder, rows.stream(), Row::name, Row::sample);
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

  private static Tensor absolute(Tensor x) {
    float[] values = x.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return Tensor.of(values, x.sizes());
  }
}
