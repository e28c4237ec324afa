package io.github.weighbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.formats.npy.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {

  private static final Path CASE = Run.testdata("models/two_inputs_two_outputs_keras3");
  private static final Path MODEL = CASE.resolve("model.keras");
  private static final Path INPUTS = CASE.resolve("inputs.npz");

  @TempDir Path folder;

  private Path output;

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("y.npz");
  }

  @Test
  void predictsByPosition() {
    Run run = Run.of("predict", MODEL, "--inputs", INPUTS, "-o", output);

    assertThat(run).isEqualTo(new Run(0, "", ""));
    assertThat(Npz.read(output).keySet()).containsExactly("arr_0", "arr_1");
    assertPredicted(List.copyOf(Npz.read(output).values()));
  }

  @Test
  void predictsByNameInAnyOrder() {
    Map<String, Tensor> arrays = Npz.read(INPUTS);
    Map<String, Tensor> named = new LinkedHashMap<>();
    named.put("tokens", Objects.requireNonNull(arrays.get("arr_1")));
    named.put("image", Objects.requireNonNull(arrays.get("arr_0")));
    Path inputs = folder.resolve("x.npz");
    Npz.write(inputs, named);

    assertThat(Run.of("predict", MODEL, "--inputs", inputs, "-o", output).code()).isZero();

    Map<String, Tensor> predicted = Npz.read(output);
    assertThat(predicted.keySet()).hasSize(2).noneMatch(name -> name.startsWith("arr_"));
    assertPredicted(List.copyOf(predicted.values()));
  }

  @Test
  void sameInputsGiveTheSameBytes() {
    Path again = folder.resolve("again.npz");

    assertThat(Run.of("predict", MODEL, "--inputs", INPUTS, "-o", output).code()).isZero();
    assertThat(Run.of("predict", MODEL, "--inputs", INPUTS, "-o", again, "--threads", 1).code())
        .isZero();

    assertThat(again).hasSameBinaryContentAs(output);
  }

  @Test
  void refusesAMissingFileOfInputs() {
    Path missing = folder.resolve("none.npz");

    Run run = Run.of("predict", MODEL, "--inputs", missing, "-o", output);

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.errors())
        .containsExactly(
            "error: "
                + missing
                + ": must be a file that can be read, found no"
                + " such file; check its name");
  }

  @Test
  void refusesAnUnwritableTarget() throws IOException {
    Path missing = folder.resolve("none");

    Run inMissing = Run.of("predict", MODEL, "--inputs", INPUTS, "-o", missing.resolve("y.npz"));
    Run onFolder = Run.of("predict", MODEL, "--inputs", INPUTS, "-o", folder);

    assertThat(inMissing.code()).isEqualTo(3);
    assertThat(inMissing.errors())
        .containsExactly(
            "error: "
                + missing.resolve("y.npz")
                + ": must be a place where a file can be written, found no folder "
                + missing
                + "; make the folder first");
    assertThat(onFolder.code()).isEqualTo(3);
    assertThat(onFolder.errors())
        .containsExactly(
            "error: "
                + folder
                + ": must be a place where a file can be written, found a folder; name a file in"
                + " it");
    assertNothingLeft();
  }

  @Test
  void refusesCode() throws IOException {
    Path lambda = Run.testdata("refused/lambda_keras3");

    Run run =
        Run.of(
            "predict",
            lambda.resolve("model.keras"),
            "--inputs",
            lambda.resolve("inputs.npz"),
            "-o",
            output);

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err())
        .contains("layer 'doubled' (Lambda): must not be code: none in a model file is ever run");
    assertNothingLeft();
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private static void assertPredicted(List<Tensor> predicted) {
    List<Tensor> expected = List.copyOf(Npz.read(CASE.resolve("outputs.npz")).values());
    assertThat(new Tolerance(1e-4, 1e-3).compare(predicted, expected).mismatch()).isEmpty();
  }
}
