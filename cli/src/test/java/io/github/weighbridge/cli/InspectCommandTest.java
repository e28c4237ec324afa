package io.github.weighbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectCommandTest {

  private static final Path MODEL = Run.testdata("core/dense_chain_keras3/model.keras");

  @Test
  void tellsAModelAsText() {
    Run run = Run.of("inspect", MODEL);

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .startsWith(
            "file        " + MODEL,
            "format      keras",
            "written by  Keras 3, version 3.15.1",
            "model       functional (Functional)",
            "inputs      x float32[batch, 5]",
            "outputs     dense_2 float32[batch, 3]",
            "",
            "x (InputLayer)                                     float32[batch, 5]                   "
                + "          0",
            "dense (Dense)                                      float32[batch, 7]                   "
                + "         42")
        .contains(
            "parameters  89 (trainable 89)",
            "training    not compiled",
            "nd4j        possible",
            "onnx        possible",
            "dl4j        possible");
  }

  @Test
  void tellsAModelAsJson() {
    Tree.Obj report = Run.of("inspect", MODEL, "--json").json();

    assertThat(report.members().keySet())
        .containsExactly(
            "file",
            "format",
            "generation",
            "kerasVersion",
            "backend",
            "name",
            "class",
            "inputs",
            "outputs",
            "parameters",
            "trainableParameters",
            "layers",
            "training",
            "trainingSettings",
            "optimizerVariables",
            "warnings",
            "targets");
    assertThat(report.get("inputs").orElseThrow())
        .hasToString("[{\"name\": \"x\", \"dtype\": \"float32\", \"shape\": [null, 5]}]");
    assertThat(report.object("targets").orElseThrow().members().keySet())
        .containsExactly("nd4j", "onnx", "dl4j", "keras", "keras-h5");
  }

  @ParameterizedTest
  @CsvSource({
    "refused/lambda_keras2/model.h5, doubled (Lambda), 'it holds code, which is never executed'",
    "refused/lambda_keras3/model.keras, doubled (Lambda), 'it holds code, which is never executed'",
    "refused/custom_layer_keras3/model.keras, scaled (Scale), is not known here"
  })
  void listsWhatCannotRunAndWhy(String model, String layer, String reason) {
    Run run = Run.of("inspect", Run.testdata(model));

    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .anySatisfy(line -> assertThat(line).startsWith(layer).contains(reason))
        .contains("nd4j        refused:", "onnx        refused:", "dl4j        refused:");
  }

  @Test
  void tellsTargetsThatRefuseAsJson() {
    Run run = Run.of("inspect", Run.testdata("refused/lambda_keras3/model.keras"), "--json");

    Tree.Obj targets = run.json().object("targets").orElseThrow();
    for (String target : List.of("nd4j", "onnx", "dl4j")) {
      assertThat(targets.get(target).orElseThrow().toString())
          .containsPattern("\"severity\": \"error\", .*\"layer\": \"doubled\"");
    }
  }

  @Test
  void tellsTrainingAndOptimizer() {
    Run run = Run.of("inspect", Run.testdata("models/fitted_adam_keras2/model.h5"));

    assertThat(run.out())
        .contains(
            "training    Adam at 0.001, loss CategoricalCrossentropy, metrics accuracy,"
                + " 13 optimizer variables after 4 steps");
  }

  @Test
  void countsWhatAnUpdaterOfDl4jKeeps() {
    Run run = Run.of("inspect", Run.testdata("dl4j/1.0.0-M2.1_updaters_adam/model.zip"));

    // Two for each of eight weights, and the steps.
    assertThat(run.out())
        .contains(
            "training    Adam at 0.01, loss MeanSquaredError, 17 optimizer variables after 3");
  }

  @Test
  void tellsWhatDl4jTrainsWith() {
    Path pieces = Run.testdata("dl4j/1.0.0-M2.1_settings_pieces/model.zip");
    assertThat(Run.of("inspect", pieces).out())
        .contains(
            "training    not compiled, in pieces of 3 steps, 2 layers with settings of their own");
    assertThat(Run.of("inspect", pieces, "--json").json().get("trainingSettings").orElseThrow())
        .hasToString(
            "{\"truncatedBackpropagation\": {\"forwardLength\": 3, \"backwardLength\": 2},"
                + " \"epochs\": 0}");
    Path layers = Run.testdata("dl4j/1.0.0-M2.1_settings_layers/model.zip");
    assertThat(Run.of("inspect", layers).out())
        .contains(
            "training    loss MeanSquaredError, 15 optimizer variables after 3 steps, 5 layers with"
                + " settings of their own");
    Tree.Obj first =
        Run.of("inspect", layers, "--json").json().items("layers").get(1).asObject().orElseThrow();
    assertThat(first.object("training").flatMap(own -> own.object("optimizer")).orElseThrow())
        .satisfies(own -> assertThat(own.text("class_name")).contains("SGD"));
  }

  /** Measured: DL4J M2.1 doubles gradients of all that is SameDiff in it; our zips halve them. */
  @Test
  void tellsOfGradientsThatDl4jDoubles(@TempDir Path folder) {
    Run doubled = Run.of("inspect", Run.testdata("dl4j/1.0.0-M2.1_self_attention/model.zip"));
    assertThat(doubled.out()).contains("is trained by twice its gradients in DL4J 1.0.0-M2.1");

    Path zip = folder.resolve("attention.zip");
    Run.of("convert", Run.testdata("training/attention_keras3/model.keras"), "-o", zip);
    assertThat(Run.of("inspect", zip).out())
        .contains("optimizer variables")
        .doesNotContain("twice");
  }

  @Test
  void refusesWhatIsNoModel() {
    Run run = Run.of("inspect", Run.testdata("README.md"));

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: " + Run.testdata("README.md") + ": must be ");
  }

  @Test
  void letsAllowedKeysThrough() {
    Path unknown = Run.testdata("malformed/unknown_key.keras");

    assertThat(Run.of("inspect", unknown).code()).isEqualTo(3);
    Run allowed = Run.of("inspect", unknown, "--allow-key", "spectral_gain");
    assertThat(allowed.code()).isZero();
    assertThat(allowed.out()).contains("warning: ");
  }

  @Test
  void waysOfMatchingNeedWeightsOfTheirOwn() {
    Run run = Run.of("inspect", Run.testdata("core/dense_chain_keras3/model.keras"), "--by-name");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("--by-name and --skip-mismatch say how --weights FILE is matched");
  }
}
