package io.github.weighbridge.exporter.onnx;

import static io.github.weighbridge.core.tensor.DataType.FLOAT32;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Scan;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.TensorType;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Loops: states that change places, results that are inputs, kernels as constants and computed. */
class ScanParityTest {

  @TempDir Path folder;

  private record Row(int batch, int units, int time, boolean constant) {}

  @TestFactory
  Stream<DynamicTest> scan() {
    return Parity.tests(
        folder,
        Stream.of(new Row(2, 3, 4, false), new Row(3, 1, 1, true), new Row(1, 2, 5, true)),
        Row::toString,
        row -> s -> build(row, s));
  }

  private static void build(Row row, Sample s) {
    int units = row.units();
    s.output(
        new Scan(body(row.batch(), units), 2, 2),
        s.floats(row.batch(), units),
        s.floats(row.batch(), units),
        s.floats(row.batch(), row.time(), units),
        s.floats(row.batch(), row.time(), 1),
        row.constant() ? s.weight(units, units) : s.floats(units, units));
  }

  /**
   * Two states: the first takes the second's place, the second becomes {@code tanh(p W + x y)}. A
   * step returns the first as it was, and the second.
   */
  private static Graph body(int batch, int units) {
    GraphBuilder builder = new GraphBuilder("body");
    TensorType type = TensorType.of(FLOAT32, batch, units);
    Value p = builder.input("p", type);
    Value q = builder.input("q", type);
    Value x = builder.input("x", type);
    Value y = builder.input("y", TensorType.of(FLOAT32, batch, 1));
    Value w = builder.input("w", TensorType.of(FLOAT32, units, units));
    Value product = builder.add("product", new MatMul(), p, w);
    Value scaled = builder.add("scaled", new Binary(BinaryFunction.MULTIPLY), x, y);
    Value sum = builder.add("sum", new Binary(BinaryFunction.ADD), product, scaled);
    Value next = builder.add("next", Unary.of(UnaryFunction.TANH), sum);
    return builder.build(
        Argument.of(List.of(p, q, x, y, w)),
        Argument.of(List.of(q, next, p, next)),
        List.of("a", "b", "c", "d"));
  }
}
