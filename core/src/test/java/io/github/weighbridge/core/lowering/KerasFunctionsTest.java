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
  void arraysOfNumpyAreReadAsNumbers() {
    Tree places =
        Tree.object()
            .with("class_name", Tree.of("__numpy__"))
            .with(
                "config",
                Tree.object()
                    .with("value", Tree.of(List.of(1, 0, 2)))
                    .with("dtype", Tree.of("int64")));
    assertThat(types("Repeat", Tree.object().with("repeats", places).with("axis", Tree.of(2))))
        .containsExactly("int8[batch, 4, 3]");
  }

  @Test
  void axesMoveByTheirNames() {
    assertThat(types("Rearrange", pattern("b t c -> t b c"))).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> types("Rearrange", pattern("b t -> t b")))
        .withMessageStartingWith("'pattern' has 2 axes for int8[batch, 4, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> types("Rearrange", pattern("b t c -> t b d")))
        .withMessage("'pattern' must have every name once on both sides, is b t c -> t b d");
  }

  private static Tree.Obj pattern(String pattern) {
    return Tree.object().with("pattern", Tree.of(pattern));
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
    // How far to roll depends on the batch, which may be known when the model is lowered.
    assertThat(types("Roll", Tree.object().with("shift", Tree.of(1)).with("axis", Tree.of(0))))
        .isEmpty();
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
