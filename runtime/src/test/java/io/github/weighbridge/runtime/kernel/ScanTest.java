package io.github.weighbridge.runtime.kernel;

import static io.github.weighbridge.core.tensor.DataType.FLOAT32;
import static io.github.weighbridge.runtime.Parity.check;
import static io.github.weighbridge.runtime.Parity.random;

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
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScanTest {

  @Test
  void loops() {
    Random random = new Random(3);
    for (int i = 0; i < 40; i++) {
      int batch = 1 + random.nextInt(4);
      int units = 1 + random.nextInt(5);
      int time = random.nextInt(6);
      check(
          new Scan(body(batch, units), 2, 2),
          random(1, batch, units),
          random(2, batch, units),
          random(3, batch, time, units),
          random(4, batch, time, 1),
          random(5, units, units));
    }
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
