package io.github.weighbridge.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Graphs that break each promise. */
class GraphVerifierTest {

  private static final TensorType PAIR = TensorType.of(DataType.FLOAT32, 2);
  private static final Unary EXP = Unary.of(UnaryFunction.EXP);

  private static Graph graph(Map<Value, WeightRef> constants, Value x, List<Node> nodes, Value y) {
    return new Graph("g", new Argument.Of(x), constants, nodes, new Argument.Of(y), List.of("y"));
  }

  private static Step exp(String name, Value x, Value y) {
    return new Step(name, EXP, List.of(x), List.of(y));
  }

  @Test
  void whatTheBuilderMakesIsRight() {
    GraphBuilder builder = new GraphBuilder("g");
    Value x = builder.input("x", PAIR);
    Value one = builder.constant("one", WeightRef.filled(DataType.FLOAT32, 1, 2));
    Value y = builder.add("y", new Binary(BinaryFunction.ADD), x, one);
    Graph graph = builder.build(new Argument.Of(x), new Argument.Of(y));
    assertThat(GraphVerifier.problems(graph)).isEmpty();
    assertThat(GraphVerifier.require(graph)).isSameAs(graph);
  }

  @Test
  void everyBrokenPromiseIsTold() {
    Value x = new Value("x", PAIR);
    Value y = new Value("y", PAIR);
    Value wrong = new Value("w", TensorType.of(DataType.FLOAT32, 3));
    Value strange = new Value("strange", PAIR);
    Value twin = new Value("y", PAIR);
    Graph graph =
        new Graph(
            "g",
            new Argument.Of(x),
            Map.of(wrong, WeightRef.filled(DataType.FLOAT32, 1, 2)),
            List.of(
                exp("a", strange, y),
                exp("a", x, twin),
                exp("again", x, y),
                new Step(
                    "add", new Binary(BinaryFunction.ADD), List.of(x, wrong), List.of(strange)),
                new Step("none", EXP, List.of(x), List.of()),
                exp("untyped", x, new Value("u", TensorType.of(DataType.INT8)))),
            Argument.of(List.of(y, new Value("lost", PAIR))),
            List.of("out", "out"));
    assertThat(GraphVerifier.problems(graph))
        .containsExactly(
            "'w: float32[3]' has another type than its weight, float32[2]",
            "'a' uses 'strange' before it is made",
            "two nodes are named 'a'",
            "two values are named 'y'",
            "'y' is made twice",
            "'add' has operands that do not fit: cannot broadcast [2] with [3]",
            "'none' makes 1 values, not 0",
            "'u: int8[]' has another type than its operation, float32[2]",
            "output 'lost' is never made",
            "output names are not unique: [out, out]");
  }

  @Test
  void requiringThrowsEverythingAtOnce() {
    Value x = new Value("x", PAIR);
    Value y = new Value("y", PAIR);
    assertThatThrownBy(() -> GraphVerifier.require(graph(Map.of(), x, List.of(), y)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("graph 'g' is broken: output 'y' is never made");
  }

  @Test
  void printsOneLinePerStep() {
    GraphBuilder builder = new GraphBuilder("g");
    Value x = builder.input("x", PAIR);
    Value one = builder.constant("one", WeightRef.filled(DataType.FLOAT32, 1, 2));
    Value y = builder.add("y", new Binary(BinaryFunction.ADD), x, one);
    Value z = builder.add("z", Unary.of(UnaryFunction.ELU, 0.5), y);
    assertThat(GraphPrinter.print(builder.build(new Argument.Of(x), new Argument.Of(z))))
        .isEqualTo(
            """
            input x: float32[2]
            constant one: float32[2]
            y: float32[2] = ADD(x, one)
            z: float32[2] = ELU{alpha=0.5, beta=0.0}(y)
            return z
            """);
  }
}
