package io.github.weighbridge.core.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.GraphPrinter;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShareStepsTest {

  private static final Binary DIFFERS = new Binary(BinaryFunction.NOT_EQUAL);
  private static final Binary AND = new Binary(BinaryFunction.LOGICAL_AND);

  private final GraphBuilder builder = new GraphBuilder("test");
  private final Value x = builder.input("x", new TensorType(DataType.INT32, Shape.of(3)));

  private String shared(Value... outputs) {
    return GraphPrinter.print(
        Passes.shared(
            builder.build(new Argument.Of(x), Argument.of(List.of(outputs))), ChannelOrder.LAST));
  }

  private Value differs(String name, int number) {
    return builder.add(
        name, DIFFERS, x, builder.constant(name + "/n", Tensor.of(new int[] {number})));
  }

  @Test
  void theSameOfTheSameIsComputedOnce() {
    assertThat(shared(differs("a", 0), differs("b", 0), differs("c", 1)))
        .isEqualTo(
            """
            input x: int32[3]
            constant a/n: int32[]
            constant c/n: int32[]
            a: bool[3] = NOT_EQUAL(x, a/n)
            c: bool[3] = NOT_EQUAL(x, c/n)
            return a, a, c
            """);
  }

  @Test
  void aConjunctionWithWhatItHoldsIsItself() {
    Value a = differs("a", 0);
    Value both = builder.add("both", AND, a, differs("b", 1));
    Value again = builder.add("again", AND, differs("same", 0), both);
    Value other = builder.add("other", AND, differs("c", 2), both);
    assertThat(shared(again, other))
        .contains("other: bool[3] = LOGICAL_AND(c, both)\n")
        .endsWith("return both, other\n");
  }
}
