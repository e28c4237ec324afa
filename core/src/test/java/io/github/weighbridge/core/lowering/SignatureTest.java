package io.github.weighbridge.core.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Arguments find their parameters, wherever they stand. */
class SignatureTest {

  private static final Signature SUM = Signature.parse("Sum(x, axis=None, keepdims=False)");
  private static final Argument X =
      new Argument.Of(new Value("x", TensorType.of(DataType.FLOAT32, 2)));

  @Test
  void defaultsAreReadAsPythonWritesThem() {
    Signature signature =
        Signature.parse("F(a, *b, c=None, d='e f', g=(0, 1), h=1e-05, i=-3, **j)");
    assertThat(signature.name()).isEqualTo("F");
    assertThat(signature.parameters())
        .containsExactly(
            new Signature.Parameter("a", Signature.Kind.ONE, null),
            new Signature.Parameter("b", Signature.Kind.REST, null),
            new Signature.Parameter("c", Signature.Kind.ONE, Tree.none()),
            new Signature.Parameter("d", Signature.Kind.ONE, Tree.of("e f")),
            new Signature.Parameter("g", Signature.Kind.ONE, Tree.of(List.of(0, 1))),
            new Signature.Parameter("h", Signature.Kind.ONE, Tree.of(1e-5)),
            new Signature.Parameter("i", Signature.Kind.ONE, Tree.of(-3)),
            new Signature.Parameter("j", Signature.Kind.NAMED, Tree.object()));
  }

  @Test
  void positionKeywordAndConfigurationMeanTheSame() {
    Map<String, Argument> expected = Map.of("x", X, "axis", literal(1), "keepdims", literal(false));
    assertThat(SUM.bind(Tree.object(), call(List.of(X, literal(1)), Map.of()))).isEqualTo(expected);
    assertThat(SUM.bind(Tree.object(), call(List.of(), Map.of("x", X, "axis", literal(1)))))
        .isEqualTo(expected);
    assertThat(SUM.bind(Tree.object().with("axis", Tree.of(1)), call(List.of(X), Map.of())))
        .isEqualTo(expected);
  }

  @Test
  void aVariadicParameterTakesTheRest() {
    Map<String, Argument> bound =
        Signature.parse("Meshgrid(*x, indexing='xy')")
            .bind(Tree.object(), call(List.of(X, X), Map.of()));
    assertThat(bound)
        .containsEntry("x", new Argument.Items(List.of(X, X)))
        .containsEntry("indexing", literal("xy"));
  }

  @Test
  void aParameterOfNamesTakesThoseThatNoOtherHas() {
    Signature rearrange = Signature.parse("Rearrange(tensor, pattern, **axes_lengths)");
    Map<String, Argument> keywords =
        Map.of("pattern", literal("a b -> b a"), "a", literal(2), "b", literal(3));
    assertThat(rearrange.bind(Tree.object(), call(List.of(X), keywords)))
        .containsEntry("pattern", literal("a b -> b a"))
        .containsEntry("axes_lengths", literal(Map.of("a", 2, "b", 3)));
    assertThat(rearrange.bind(Tree.object(), call(List.of(X, literal("a -> a")), Map.of())))
        .containsEntry("axes_lengths", literal(Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> rearrange.bind(Tree.object(), call(List.of(X, literal("")), Map.of("a", X))))
        .withMessage("the argument 'a' must not be a tensor");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    refused("Sum needs the argument 'x'", Tree.object(), call(List.of(), Map.of()));
    refused(
        "Sum has no argument 'initial'; it has x, axis, keepdims",
        Tree.object().with("initial", Tree.of(0)),
        call(List.of(X), Map.of()));
    refused(
        "the argument 'axis' is given twice",
        Tree.object().with("axis", Tree.of(0)),
        call(List.of(X), Map.of("axis", literal(1))));
    refused(
        "Sum takes 3 arguments, got 4",
        Tree.object(),
        call(List.of(X, literal(0), literal(true), literal(0)), Map.of()));
  }

  @Test
  void nullSaysNothing() {
    assertThat(SUM.bind(Tree.object().with("initial", Tree.none()), call(List.of(X), Map.of())))
        .containsOnlyKeys("x", "axis", "keepdims");
  }

  private static void refused(String message, Tree.Obj configured, Arguments call) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SUM.bind(configured, call))
        .withMessage(message);
  }

  private static Argument literal(Object value) {
    return new Argument.Literal(Tree.of(value));
  }

  private static Arguments call(List<Argument> positional, Map<String, Argument> keyword) {
    return new Arguments(positional, keyword);
  }
}
