package io.github.weighbridge.exporter.onnx;

import static io.github.weighbridge.core.tensor.DataType.BOOL;
import static io.github.weighbridge.core.tensor.DataType.FLOAT32;
import static io.github.weighbridge.core.tensor.DataType.INT32;
import static io.github.weighbridge.core.tensor.DataType.INT64;

import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.CumSum;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unsqueeze;
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

/** What moves elements, by position or by index. */
class ShapeParityTest {

  @TempDir Path folder;

  private record Row(String name, Consumer<Sample> sample) {}

  @TestFactory
  Stream<DynamicTest> movements() {
    List<Row> rows = new ArrayList<>();
    shapes(rows);
    slices(rows);
    gathers(rows);
    return Parity.tests(folder, rows.stream(), Row::name, Row::sample);
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
}
