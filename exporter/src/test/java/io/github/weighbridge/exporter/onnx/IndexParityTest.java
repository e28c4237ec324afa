package io.github.weighbridge.exporter.onnx;

import static io.github.weighbridge.core.tensor.DataType.FLOAT32;
import static io.github.weighbridge.core.tensor.DataType.INT32;
import static io.github.weighbridge.core.tensor.DataType.INT64;

import io.github.weighbridge.core.op.ArgReduce;
import io.github.weighbridge.core.op.CumProd;
import io.github.weighbridge.core.op.GatherElements;
import io.github.weighbridge.core.op.GatherND;
import io.github.weighbridge.core.op.ScatterND;
import io.github.weighbridge.core.op.TopK;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What finds elements by index, and what finds indices. */
class IndexParityTest {

  private static final List<DataType> NUMBERS =
      List.of(
          FLOAT32,
          DataType.FLOAT16,
          DataType.BFLOAT16,
          DataType.FLOAT64,
          DataType.INT8,
          DataType.UINT8,
          INT32,
          INT64);

  @TempDir Path folder;

  private record Row(String name, Consumer<Sample> sample) {}

  @TestFactory
  Stream<DynamicTest> found() {
    List<Row> rows = new ArrayList<>();
    for (DataType dtype : NUMBERS) {
      rows.add(
          new Row(
              "TopK of " + dtype,
              s -> s.output(new TopK(1, 3, true), s.input(s.numbers(dtype, 2, 9, 2), 0, 1))));
      rows.add(
          new Row(
              "TopK from below of " + dtype,
              s -> s.output(new TopK(0, 2, false), s.input(s.numbers(dtype, 7, 2), 1))));
      rows.add(
          new Row(
              "ArgMax of " + dtype,
              s -> s.output(new ArgReduce(true, 1, false), s.input(s.numbers(dtype, 3, 9), 0))));
      rows.add(
          new Row(
              "ArgMin of " + dtype,
              s -> s.output(new ArgReduce(false, 0, true), s.input(s.numbers(dtype, 9, 3), 0))));
      rows.add(
          new Row(
              "CumProd of " + dtype,
              s -> s.output(new CumProd(1), s.input(s.numbers(dtype, 2, 4, 3), 0, 1))));
    }
    rows.add(new Row("CumProd of a vector", s -> s.output(new CumProd(0), s.floats(5))));
    return Parity.tests(folder, rows.stream(), Row::name, Row::sample);
  }

  @TestFactory
  Stream<DynamicTest> gathered() {
    List<Row> rows = new ArrayList<>();
    for (DataType dtype : Stream.concat(NUMBERS.stream(), Stream.of(DataType.BOOL)).toList()) {
      rows.add(
          new Row(
              "GatherElements of " + dtype,
              s ->
                  s.output(
                      new GatherElements(1),
                      s.input(s.numbers(dtype, 2, 5, 3), 0),
                      s.input(indices(s, 5, 2, 4, 3), 0))));
      rows.add(
          new Row(
              "GatherND of " + dtype,
              s ->
                  s.output(
                      new GatherND(0),
                      s.input(s.numbers(dtype, 4, 5, 3), 2),
                      s.input(indices(s, 4, 2, 4, 2), 0))));
      rows.add(
          new Row(
              "ScatterND of " + dtype,
              s ->
                  s.output(
                      new ScatterND(ScatterND.Reduction.NONE),
                      s.input(s.numbers(dtype, 4, 3), 1),
                      s.input(Tensor.of(new int[] {2, 0}, 2, 1), 0),
                      s.input(s.numbers(dtype, 2, 3), 0, 1))));
    }
    rows.add(
        new Row(
            "GatherElements by int64",
            s ->
                s.output(
                    new GatherElements(0),
                    s.floats(4, 3),
                    s.input(indices(s, 4, 2, 3).cast(INT64)))));
    rows.add(
        new Row(
            "GatherND in each batch",
            s ->
                s.output(
                    new GatherND(2),
                    s.input(s.numbers(FLOAT32, 2, 3, 4, 5), 0),
                    s.input(indices(s, 4, 2, 3, 2, 1), 0))));
    return Parity.tests(folder, rows.stream(), Row::name, Row::sample);
  }

  @TestFactory
  Stream<DynamicTest> addedUp() {
    return Parity.tests(
        folder,
        16,
        scattered(ScatterND.Reduction.ADD, ScatterND.Reduction.MULTIPLY),
        Row::name,
        Row::sample);
  }

  @TestFactory
  Stream<DynamicTest> compared() {
    return Parity.tests(
        folder,
        18,
        scattered(ScatterND.Reduction.MAX, ScatterND.Reduction.MIN),
        Row::name,
        Row::sample);
  }

  private static Stream<Row> scattered(ScatterND.Reduction... reductions) {
    return Arrays.stream(reductions)
        .flatMap(
            reduction ->
                NUMBERS.stream()
                    .map(
                        dtype ->
                            new Row(
                                "ScatterND " + reduction + " of " + dtype,
                                s ->
                                    s.output(
                                        new ScatterND(reduction),
                                        s.input(s.numbers(dtype, 4, 3), 1),
                                        s.input(Tensor.of(new int[] {2, 0, 2}, 3, 1), 0),
                                        s.input(s.numbers(dtype, 3, 3), 0)))));
  }

  private static Tensor indices(Sample s, int limit, long... sizes) {
    int[] values = new int[(int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(values, i -> s.random.nextInt(limit));
    return Tensor.of(values, sizes);
  }
}
