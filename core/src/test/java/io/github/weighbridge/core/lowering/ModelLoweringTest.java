package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.layer.SampleConfig.layer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphPrinter;
import io.github.weighbridge.core.graph.GraphVerifier;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.OpaqueLayer;
import io.github.weighbridge.core.layer.TimeDistributed;
import io.github.weighbridge.core.model.DtypePolicy;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.ModelSketch;
import io.github.weighbridge.core.model.TrainingRecord;
import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole models: nesting, sharing, masks, and everything that has no operations told at once. */
class ModelLoweringTest {

  private static final TensorType VECTOR =
      new TensorType(DataType.FLOAT32, Shape.of(Dim.symbolic("batch"), Dim.of(3)));
  private static final TensorType WORDS =
      new TensorType(DataType.INT32, Shape.of(Dim.symbolic("batch"), Dim.symbolic("time")));

  private final ModelSketch sketch = new ModelSketch(1);

  private static Graph lower(Model model) {
    return GraphVerifier.require(ModelLowering.lower(model, LoweringOptions.DEFAULTS));
  }

  private static OpaqueLayer opaque(String className, TensorType... outputs) {
    return new OpaqueLayer(className, Tree.object(), List.of(outputs), "a " + className);
  }

  @Test
  void sharedLayersShareConstants() {
    Value x = sketch.input("x", VECTOR);
    Value y = sketch.input("y", VECTOR);
    LayerId shared = sketch.layer("shared", layer("Dense", "use_bias", false));
    Value a = sketch.call(shared, x).get(0);
    Value b = sketch.call(shared, y).get(0);
    assertThat(GraphPrinter.print(lower(sketch.build(a, b))))
        .isEqualTo(
            """
            input x: float32[batch, 3]
            input y: float32[batch, 3]
            constant shared/kernel: float32[3, 2]
            shared/matmul: float32[batch, 2] = MatMul(x, shared/kernel)
            shared:1/matmul: float32[batch, 2] = MatMul(y, shared/kernel)
            return shared/matmul, shared:1/matmul
            """);
  }

  @Test
  void vocabulariesMustBeThere() {
    Value words =
        sketch.input(
            "words", new TensorType(DataType.STRING, Shape.of(Dim.symbolic("batch"), Dim.of(3))));
    Model model = sketch.build(sketch.add("lookup", layer("StringLookup"), words));
    assertThatThrownBy(() -> lower(model))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining(
            "layer 'lookup' (StringLookup): the vocabulary must be there; save the model as"
                + " .keras, which keeps it beside the weights");
  }

  @Test
  void castAndReshapedWeightsAreSharedToo() {
    TensorType image =
        new TensorType(DataType.FLOAT32, Shape.of(Dim.symbolic("batch"), Dim.of(5), Dim.of(4)));
    Value x = sketch.input("x", image);
    Value y = sketch.input("y", image);
    LayerId shared =
        sketch.layer("shared", layer("DepthwiseConv1D"), DtypePolicy.of("mixed_float16"), Map.of());
    Graph graph = lower(sketch.build(sketch.call(shared, x).get(0), sketch.call(shared, y).get(0)));
    assertThat(graph.constants().keySet())
        .extracting(Value::toString)
        .containsExactlyInAnyOrder("shared/kernel: float16[2, 1, 4]", "shared/bias: float16[4]");
  }

  @Test
  void nestedModelsAreInlined() {
    ModelSketch inner = sketch.nested();
    Value within = inner.input("within", VECTOR);
    Value z = inner.add("d", layer("Dense", "units", 3, "use_bias", false), within);
    LayerId nested = sketch.layer("nested", inner.network("inner", z));
    Value x = sketch.input("x", VECTOR);
    Value once = sketch.call(nested, x).get(0);
    Value twice = sketch.call(nested, once).get(0);
    assertThat(GraphPrinter.print(lower(sketch.build(twice))))
        .isEqualTo(
            """
            input x: float32[batch, 3]
            constant nested/d/kernel: float32[3, 3]
            nested/d/matmul: float32[batch, 3] = MatMul(x, nested/d/kernel)
            nested:1/d/matmul: float32[batch, 3] = MatMul(nested/d/matmul, nested/d/kernel)
            return nested:1/d/matmul
            """);
  }

  @Test
  void inputShapesCanBeGiven() {
    Value x = sketch.input("x", VECTOR);
    Model model = sketch.build(sketch.add("d", layer("Dense"), x));
    LoweringOptions options = LoweringOptions.DEFAULTS.withInputShapes(Map.of("x", Shape.of(7, 3)));
    assertThat(ModelLowering.lower(model, options).outputValues().get(0).type())
        .isEqualTo(TensorType.of(DataType.FLOAT32, 7, 2));
  }

  @Test
  void everythingThatHasNoOperationsIsToldAtOnce() {
    Value x = sketch.input("x", VECTOR);
    Value a = sketch.add("code", opaque("Lambda", VECTOR), x);
    Value b = sketch.add("odd", opaque("Odd"), a);
    Value hidden = sketch.add("hidden", layer("Dense"), b);
    Value c = sketch.add("act", layer("Activation", "activation", "sharp"), a);
    Value d =
        sketch.add(
            "lstm",
            layer("LSTM", "activation", "softmax"),
            sketch.input(
                "s",
                new TensorType(
                    DataType.FLOAT32, Shape.of(Dim.symbolic("b"), Dim.of(4), Dim.of(3)))));
    assertThatThrownBy(() -> lower(sketch.build(c, hidden, d)))
        .isInstanceOf(ProblemsException.class)
        .satisfies(
            e ->
                assertThat(((ProblemsException) e).problems())
                    .extracting(Problem::toString)
                    .allMatch(line -> line.startsWith("sketch.keras, layer '"))
                    .extracting(line -> line.substring("sketch.keras, layer ".length()))
                    .extracting(line -> line.replaceFirst("known are .*", "known are ..."))
                    .containsExactly(
                        "'code' (Lambda): must not be code: none in a model file is ever run,"
                            + " found a Lambda; replace the Lambda by layers or operations of Keras"
                            + " and save the model again",
                        "'odd' (Odd): must be a layer that is known here, found a Odd",
                        "'act' (Activation): must be a known activation, found 'sharp'; known are ...",
                        "'lstm' (LSTM): the activation of a recurrent layer must be a function of one"
                            + " number, found 'softmax'"));
  }

  @Test
  void missingWeightsAreTold() {
    Value x = sketch.input("x", VECTOR);
    Value y = sketch.add("d", layer("Dense"), x);
    Model full = sketch.build(y);
    Model bare =
        new Model(
            "bare",
            full.network(),
            full.layers().stream().map(l -> l.withWeights(Map.of())).toList(),
            full.provenance(),
            null,
            TrainingRecord.NONE,
            List.of(),
            () -> {});
    assertThatThrownBy(() -> lower(bare))
        .hasMessage(
            "sketch.keras, layer 'd' (Dense): weight 'kernel' must be there; open the model with its"
                + " weights");
  }

  @Test
  void unknownTypesWithinNestedModelsAreToldOnce() {
    ModelSketch inner = sketch.nested();
    Value within = inner.input("within", VECTOR);
    Value odd = inner.add("odd", opaque("Odd"), within);
    Value behind = inner.add("behind", layer("Dense"), odd);
    LayerId nested = sketch.layer("nested", inner.network("inner", behind, within));
    Value x = sketch.input("x", VECTOR);
    Value out = sketch.call(nested, x).get(0);
    Value last = sketch.add("last", layer("Dense"), out);
    assertThatThrownBy(() -> lower(sketch.build(last)))
        .hasMessage(
            "sketch.keras, layer 'nested/odd' (Odd): must be a layer that is known here, found a Odd");
    assertThatThrownBy(() -> lower(sketch.build(out)))
        .hasMessage(
            "sketch.keras, layer 'nested/odd' (Odd): must be a layer that is known here, found a Odd");
  }

  @Test
  void unknownTypesWithinWrappersAreToldOnce() {
    ModelSketch inner = sketch.nested();
    Value within = inner.input("within", VECTOR);
    LayerId network =
        sketch.layer("network", inner.network("n", inner.add("odd", opaque("Odd"), within)));
    Value x =
        sketch.input(
            "x",
            new TensorType(
                DataType.FLOAT32, Shape.of(Dim.symbolic("batch"), Dim.of(4), Dim.of(3))));
    LayerId steps =
        sketch.layer(
            "steps",
            layer("TimeDistributed"),
            DtypePolicy.FLOAT32,
            Map.of(TimeDistributed.INNER, network));
    Value y = sketch.call(steps, x).get(0);
    assertThatThrownBy(() -> lower(sketch.build(y)))
        .hasMessage(
            "sketch.keras, layer 'steps/layer/odd' (Odd): must be a layer that is known here, found a"
                + " Odd");
  }

  // Masks.

  private static List<String> operationsOf(Graph graph) {
    return graph.steps().stream().map(Step::op).map(op -> op.name()).toList();
  }

  private Value words() {
    return sketch.add(
        "embed", layer("Embedding", "input_dim", 9, "mask_zero", true), sketch.input("x", WORDS));
  }

  /** Whether a recurrent layer behind a value sees a mask. */
  private boolean isMasked(Value value) {
    Value y = sketch.add("rnn", layer("SimpleRNN"), value);
    Step run =
        lower(sketch.build(y)).steps().stream()
            .filter(step -> step.op() instanceof Recurrent)
            .reduce((first, last) -> last)
            .orElseThrow();
    return run.operandOrNull(4) != null;
  }

  @Test
  void masksPassThroughLayersThatTreatStepsAlike() {
    assertThat(isMasked(sketch.add("d", layer("Dense"), words()))).isTrue();
  }

  @Test
  void masksPassThroughNestedModels() {
    ModelSketch inner = sketch.nested();
    Value embedded = words();
    Value within = inner.input("within", embedded.type());
    Value z = inner.add("dropout", layer("Dropout"), within);
    LayerId nested = sketch.layer("nested", inner.network("inner", z));
    assertThat(isMasked(sketch.call(nested, embedded).get(0))).isTrue();
  }

  @Test
  void masksEndAtLayersThatMoveSteps() {
    assertThat(isMasked(sketch.add("pad", layer("ZeroPadding1D"), words()))).isFalse();
  }

  @Test
  void inputsWithoutMaskDecideByTheRule() {
    Value masked = words();
    Value plain = sketch.input("plain", masked.type());
    Value any = sketch.add("any", layer("Add", "mask_rule", "any"), masked, plain);
    Value all = sketch.add("all", layer("Add", "mask_rule", "all"), masked, plain);
    assertThat(isMasked(any)).isFalse();
    assertThat(isMasked(all)).isTrue();
  }

  @Test
  void explicitMasksCanBeNoneForSomeInputs() {
    TensorType sequence =
        new TensorType(
            DataType.FLOAT32, Shape.of(Dim.symbolic("batch"), Dim.symbolic("time"), Dim.of(2)));
    Value masked = words();
    Value mask = sketch.input("mask", sequence.withDtype(DataType.BOOL).withShape(WORDS.shape()));
    Argument masks = new Argument.Items(List.of(Argument.none(), new Argument.Of(mask)));
    Value plain = sketch.input("plain", sequence);
    LayerId any = sketch.layer("any", layer("Add", "mask_rule", "any"));
    Arguments arguments =
        new Arguments(List.of(Argument.of(List.of(masked, plain))), Map.of("mask", masks));
    // Keras 3: without a mask for the first input none is left, whatever came along with it.
    assertThat(isMasked(sketch.call(any, arguments).get(0))).isFalse();
  }

  @Test
  void explicitMasksWin() {
    Value x =
        sketch.input(
            "sequence",
            new TensorType(DataType.FLOAT32, Shape.of(Dim.symbolic("b"), Dim.of(4), Dim.of(3))));
    Value mask =
        sketch.input("mask", new TensorType(DataType.BOOL, Shape.of(Dim.symbolic("b"), Dim.of(4))));
    LayerId rnn = sketch.layer("rnn", layer("SimpleRNN"));
    Arguments arguments =
        new Arguments(List.of(new Argument.Of(x)), Map.of("mask", new Argument.Of(mask)));
    Graph graph = lower(sketch.build(sketch.call(rnn, arguments).get(0)));
    assertThat(operationsOf(graph))
        .containsExactly("Cast", "ReduceSUM", "ArgSort", "Gather", "SimpleRNN");
  }
}
