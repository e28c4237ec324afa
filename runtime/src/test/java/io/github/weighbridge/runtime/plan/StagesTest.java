package io.github.weighbridge.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Lookup;
import io.github.weighbridge.core.op.Lookup.Numbers;
import io.github.weighbridge.core.op.Lookup.Words;
import io.github.weighbridge.core.op.Tokenize;
import io.github.weighbridge.core.op.Tokenize.Split;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.runtime.Session;
import io.github.weighbridge.runtime.SessionOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Text becomes numbers, numbers become text, and both go out. */
class StagesTest {

  private static final TensorType TEXTS =
      new TensorType(DataType.STRING, Shape.of(Dim.symbolic("batch")));

  private final GraphBuilder builder = new GraphBuilder("stages");
  private final Value texts = builder.input("texts", TEXTS);

  private Value indices() {
    Value tokens = builder.add("tokens", new Tokenize(Split.WHITESPACE, List.of(), null), texts);
    Words words = new Words(List.of("", "one", "two"));
    Numbers numbers = new Numbers(List.of(0L, 1L, 2L));
    return builder.add("lookup", new Lookup(words, numbers, new Numbers(List.of(9L))), tokens);
  }

  private Graph graph(Value... outputs) {
    return builder.build(Argument.of(List.of(texts)), Argument.of(List.of(outputs)));
  }

  @Test
  void textAndNumbersTakeTurns() {
    Value indices = indices();
    Value doubled = builder.add("doubled", new Binary(BinaryFunction.ADD), indices, indices);
    Numbers numbers = new Numbers(List.of(2L, 4L));
    Value names =
        builder.add(
            "names",
            new Lookup(numbers, new Words(List.of("two", "four")), new Words(List.of("?"))),
            doubled);
    try (Session session = Session.of(graph(texts, doubled, names), SessionOptions.DEFAULTS)) {
      Tensor given = Tensor.of(new String[] {"two one", "", "six two one"}, 3);
      List<Tensor> outputs = session.run(List.of(given));
      assertThat(outputs.get(0).strings()).containsExactly(given.strings());
      assertThat(outputs.get(1).sizes()).containsExactly(3, 3);
      assertThat(outputs.get(1).longs()).containsExactly(4, 2, 0, 0, 0, 0, 18, 4, 2);
      assertThat(outputs.get(2).strings())
          .containsExactly("four", "two", "?", "?", "?", "?", "?", "four", "two");
      // Shorter texts are another plan.
      assertThat(session.run(List.of(Tensor.of(new String[] {"one"}, 1))).get(1).longs())
          .containsExactly(2);
    }
  }

  @Test
  void numbersAreNoText() {
    try (Session session = Session.of(graph(indices()), SessionOptions.DEFAULTS)) {
      assertThatThrownBy(() -> session.run(Tensor.of(new long[] {1}, 1)))
          .isInstanceOf(ProblemsException.class)
          .hasMessage(
              "input 'texts': must hold strings, found int64; give an array that fits the model's input");
    }
  }
}
