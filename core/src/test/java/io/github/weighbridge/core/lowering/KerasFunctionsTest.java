package io.github.weighbridge.core.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.KerasFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of functions, and the types that follow from its graphs. */
class KerasFunctionsTest {

  private static final Value X =
      new Value(
          "x",
          new TensorType(DataType.INT8, Shape.of(Dim.symbolic("batch"), Dim.of(4), Dim.of(3))));

  @Test
  void functionsStandSortedUnderTheirNames() {
    assertThat(KerasFunctions.all().stream().map(KerasFunction::name).toList())
        .isSorted()
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(KerasFunctions.named(name)).isPresent());
    assertThat(KerasFunctions.named("Nonsense")).isEmpty();
  }

  @Test
  void typesFollowFromTheGraph() {
    assertThat(types("Sum", Tree.object().with("axis", Tree.of(1))))
        .containsExactly("int32[batch, 3]");
    assertThat(types("Mean", Tree.object().with("keepdims", Tree.of(true))))
        .containsExactly("float32[1, 1, 1]");
    assertThat(
            types(
                "Split",
                Tree.object()
                    .with("indices_or_sections", Tree.of(List.of(1)))
                    .with("axis", Tree.of(-1))))
        .containsExactly("int8[batch, 4, 1]", "int8[batch, 4, 2]");
  }

  @Test
  void numbersYieldToTensors() {
    assertThat(types("Add", Tree.object(), new Argument.Literal(Tree.of(2))))
        .containsExactly("int8[batch, 4, 3]");
    assertThat(types("Add", Tree.object(), new Argument.Literal(Tree.of(2.5))))
        .containsExactly("float32[batch, 4, 3]");
    // Comparisons give numbers of Python types of their own.
    assertThat(types("Mod", Tree.object(), new Argument.Literal(Tree.of(2))))
        .containsExactly("int32[batch, 4, 3]");
  }

  @Test
  void ofRefusedCallsNothingIsKnown() {
    assertThat(types("Nonzero", Tree.object())).isEmpty();
    assertThat(types("Where", Tree.object())).isEmpty();
    assertThat(KerasFunctions.named("Nonzero").orElseThrow().refusal())
        .contains("the shape of its result depends on the numbers");
  }

  @Test
  void argumentsThatDoNotFitAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> types("Sum", Tree.object().with("axis", Tree.of(3))))
        .withMessage("no axis 3 in an array of rank 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> types("Sum", Tree.object().with("keepdims", Tree.of(1))))
        .withMessage("'keepdims' must be true or false, is 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> types("Add", Tree.object(), new Argument.Literal(Tree.of("two"))))
        .withMessageStartingWith("'x1' must be a tensor");
  }

  private static List<String> types(String name, Tree.Obj configured, Argument... more) {
    List<Argument> positional = new ArrayList<>(List.of(more));
    positional.add(0, new Argument.Of(X));
    return KerasFunctions.named(name)
        .orElseThrow()
        .outputTypes(configured, new Arguments(positional, Map.of()))
        .stream()
        .map(TensorType::toString)
        .toList();
  }
}
