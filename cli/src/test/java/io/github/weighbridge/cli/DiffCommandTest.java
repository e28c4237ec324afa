package io.github.weighbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiffCommandTest {

  private static final Path MODEL = model("core/dense_chain_keras3");

  @Test
  void aModelEqualsItself() {
    Run run = Run.of("diff", MODEL, MODEL);

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .containsExactly("same computation: yes", "same configuration: yes", "equal");
  }

  /** Cases of one name have the same weights in both generations. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "core/dense_chain",
        "models/two_inputs_two_outputs",
        "models/nested_three_deep",
        "models/generator",
        "convolutional/conv2d_same",
        "activations/leaky_relu",
        "activations/elu_alpha",
        "recurrent/gru_sequences"
      })
  void generationsOfTheSameModelAreEqual(String name) {
    Run run = Run.of("diff", model(name + "_keras2"), model(name + "_keras3"), "--json");

    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.json().get("equal")).hasValueSatisfying(v -> assertThat(v).hasToString("true"));
  }

  /** Dot normalizes with another epsilon since Keras 3. */
  @Test
  void constantsOfTheGenerationsAreComparedAsWeights() {
    Run run = Run.of("diff", model("models/siamese_keras2"), model("models/siamese_keras3"));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "dot/value: A [], B [], largest difference 9.8",
            "same computation: yes",
            "same configuration: no");
    assertThat(
            Run.of(
                    "diff",
                    model("models/siamese_keras2"),
                    model("models/siamese_keras3"),
                    "--atol",
                    1e-6)
                .code())
        .isZero();
  }

  /** Where the generations compute something else. */
  @ParameterizedTest
  @ValueSource(strings = {"activations/dense_hard_sigmoid", "recurrent/lstm_hard_sigmoid"})
  void generationsThatComputeSomethingElseAreNot(String name) {
    Run run = Run.of("diff", model(name + "_keras2"), model(name + "_keras3"));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("same computation: no", "not equal");
  }

  @Test
  void tellsWeightsAsJson() {
    Run run = Run.of("diff", MODEL, model("core/dense_chain_keras2"), "--json");

    Tree.Obj report = run.json();
    assertThat(report.members().keySet())
        .containsExactly("equal", "sameComputation", "sameConfig", "weights");
    List<Tree> weights = report.get("weights").orElseThrow().items();
    assertThat(weights).hasSize(6);
    assertThat(weights.get(0))
        .hasToString(
            "{\"name\": \"dense/kernel\", \"a\": \"dense/kernel\", \"b\": \"dense/kernel\","
                + " \"shapeA\": [5, 7], \"shapeB\": [5, 7], \"maxAbsDiff\": 0.0,"
                + " \"meanAbsDiff\": 0.0}");
  }

  /** Cases of generations have the same weights wherever layers have the same names. */
  @ParameterizedTest
  @CsvSource({
    "conv_flatten_keras2_2_h5/model.h5, conv_flatten_tf2_1_h5/model.h5",
    "conv_flatten_keras2_3_h5/model.h5, conv_flatten_tf_keras_keras/model.keras",
    "conv_flatten_tf_keras_h5/model.h5, conv_flatten_keras3_0_keras/model.keras",
    "nested_frozen_keras2_2_h5/model.h5, nested_frozen_keras3_0_keras/model.keras",
    "nested_frozen_keras2_2_h5/model.h5, nested_frozen_keras3_folder/model",
    "attention_tf_keras_h5/model.h5, attention_keras3_0_keras/model.keras",
    "encoder_decoder_keras2_3_h5/model.h5, encoder_decoder_keras3_0_keras/model.keras",
    "shared_and_merged_keras2_3_h5/model.h5, shared_and_merged_tf_keras_h5/model.h5"
  })
  void versionsAndContainersOfTheSameModelAreEqual(String a, String b) {
    Run run = Run.of("diff", generation(a), generation(b));

    assertThat(run.code()).as(run.out()).isZero();
  }

  @Test
  void weightsMayStandBeside() {
    Path json = generation("conv_flatten_keras2_2_json/model.json");
    Path weights = generation("conv_flatten_keras2_2_json/weights.h5");
    Path npz = generation("conv_flatten_keras2_2_positional/weights.npz");
    Path whole = generation("conv_flatten_keras2_2_h5/model.h5");

    assertThat(Run.of("diff", json, whole, "--weights-a", weights).code()).isZero();
    assertThat(Run.of("diff", whole, json, "--weights-b", npz).code()).isZero();
  }

  @Test
  void findsTheWeightThatChanged() {
    Path model = generation("by_name_tf_keras/model.h5");
    Path other = generation("own_weights_replaced_tf_keras/other.weights.h5");
    Run run = Run.of("diff", model, model, "--weights-b", other);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("first/kernel: A [4, 5], B [4, 5], largest difference ", "same computation: yes");
  }

  @Test
  void comparesTrainingWhereItIsAskedFor() {
    Path fitted = generation("fitted_adam_tf_keras_h5/model.h5");
    assertThat(Run.of("diff", fitted, fitted, "--training").out())
        .contains("same compilation: yes");
    Path json = generation("sequential_tf_keras_json/model.json");
    Path weights = generation("sequential_tf_keras_json/model.weights.h5");
    assertThat(Run.of("diff", json, json, "--weights-a", weights, "--weights-b", weights).code())
        .isZero();
    Run run = Run.of("diff", fitted, generation("fitted_sgd_tf_keras_h5/model.h5"), "--training");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("same compilation: no", "first/kernel/");
    Tree.Obj report = Run.of("diff", fitted, fitted, "--training", "--json").json();
    Tree.Obj training = report.object("training").orElseThrow();
    assertThat(training.members().keySet()).containsExactly("sameCompilation", "variables");
    assertThat(training.items("variables")).isNotEmpty();
  }

  @Test
  void tellsWhereComputationsPart() {
    Path keras2 = model("activations/dense_hard_sigmoid_keras2");
    Path keras3 = model("activations/dense_hard_sigmoid_keras3");
    Run run = Run.of("diff", keras2, keras3);

    assertThat(run.out()).contains("parts at: A ", "\n          B ");
    Tree parting = Run.of("diff", keras2, keras3, "--json").json().items("partings").get(0);
    assertThat(parting.asObject().orElseThrow().members().keySet()).containsExactly("a", "b");
  }

  /** Nobody here knows what these layers compute; the rest is compared as ever. */
  @ParameterizedTest
  @ValueSource(strings = {"refused/custom_layer", "refused/lambda", "refused/nested_lambda"})
  void comparesModelsWithLayersOfUnknownClasses(String name) {
    Run run = Run.of("diff", model(name + "_keras3"), model(name + "_keras3"));

    assertThat(run.code()).as(run.err() + run.out()).isZero();
    assertThat(run.out()).contains("compared by class, configuration and weights: ");
    assertThat(Run.of("diff", model(name + "_keras3"), MODEL).code()).isEqualTo(1);
  }

  @Test
  void toleranceDecides() {
    Path keras2 = model("models/fitted_adam_keras2");
    Path keras3 = model("models/fitted_adam_keras3");

    assertThat(Run.of("diff", keras2, keras3).code()).isEqualTo(1);
    assertThat(Run.of("diff", keras2, keras3, "--atol", 1).code()).isZero();
  }

  @Test
  void tellsWeightsWithoutCounterpartAsNull() {
    Run run = Run.of("diff", MODEL, model("models/two_inputs_two_outputs_keras3"), "--json");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().get("sameComputation"))
        .hasValueSatisfying(v -> assertThat(v).hasToString("false"));
    assertThat(run.out())
        .contains("\"a\": null", "\"b\": null", "\"maxAbsDiff\": null")
        .doesNotContain("Infinity", "NaN");
  }

  @Test
  void tellsPeopleWhatIsMissing() {
    Run run = Run.of("diff", MODEL, model("models/two_inputs_two_outputs_keras3"));

    assertThat(run.out()).contains(": missing , B [").contains("not equal");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0"})
  void refusesWhatIsNoModel(int first, int second) {
    List<Path> models = List.of(MODEL, Run.testdata("malformed/truncated_half.h5"));

    Run run = Run.of("diff", models.get(first), models.get(second), "--json");

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: " + models.get(1) + ": must have ");
  }

  private static Path generation(String file) {
    return Run.testdata("generations/" + file);
  }

  private static Path model(String name) {
    return Run.testdata(name + (name.endsWith("keras2") ? "/model.h5" : "/model.keras"));
  }
}
