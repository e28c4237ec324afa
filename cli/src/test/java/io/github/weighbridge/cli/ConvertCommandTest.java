package io.github.weighbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConvertCommandTest {

  private static final Path MODEL = Run.testdata("core/dense_chain_keras3/model.keras");
  private static final Path LAMBDA = Run.testdata("refused/lambda_keras3/model.keras");

  @TempDir Path folder;

  @Test
  void whatIsDecomposedForDl4jGoesBackToKeras() {
    Path zip = folder.resolve("decomposed.zip");
    Run.of("convert", Run.testdata("training/layer_norm_keras3/model.keras"), "-o", zip);
    Run back = Run.of("convert", zip, "-o", folder.resolve("back.keras"), "--verify");

    assertThat(back.code()).isZero();
    assertThat(back.err()).contains("verified: largest difference 0.0");
  }

  @Test
  void writesOnnxAndTellsWhatItDid() throws IOException {
    Path out = folder.resolve("m.onnx");

    Run run = Run.of("convert", MODEL, "-o", out);

    assertThat(run.code()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .matches(
            "\\S*m\\.onnx: Keras 3 model with 89 parameters written as onnx, [\\d,]+ bytes\\R");
    assertThat(names()).containsExactly("m.onnx");
  }

  @Test
  void writesDl4jAndTellsWhatItDrops() throws IOException {
    Path compiled = Run.testdata("optimizers/sgd_loop_keras3/model.keras");
    Run run = Run.of("convert", compiled, "-o", folder.resolve("m.zip"));

    assertThat(run.code()).isZero();
    assertThat(run.errors()).hasSizeGreaterThan(1).first().asString().startsWith("warning: ");
    assertThat(run.err()).contains("written as dl4j");
    assertThat(names()).containsExactly("m.zip");
  }

  @Test
  void toSaysTheFormatWhateverTheEnding() throws IOException {
    assertThat(Run.of("convert", MODEL, "-o", folder.resolve("m.zip"), "--to", "onnx").code())
        .isZero();
    assertThat(Run.of("convert", MODEL, "-o", folder.resolve("m.onnx")).code()).isZero();
    assertThat(folder.resolve("m.zip")).hasSameBinaryContentAs(folder.resolve("m.onnx"));
  }

  @Test
  void sameModelGivesSameBytes() throws IOException {
    for (String name : List.of("a.onnx", "b.onnx", "a.zip", "b.zip")) {
      assertThat(Run.of("convert", MODEL, "-o", folder.resolve(name)).code()).isZero();
    }
    assertThat(folder.resolve("a.onnx")).hasSameBinaryContentAs(folder.resolve("b.onnx"));
    assertThat(folder.resolve("a.zip")).hasSameBinaryContentAs(folder.resolve("b.zip"));
  }

  @Test
  void opsetIsWritten() {
    assertThat(Run.of("convert", MODEL, "-o", folder.resolve("m.onnx"), "--opset", 18).code())
        .isZero();
  }

  @Test
  void refusesCodeAndLeavesNothing() throws IOException {
    Run run = Run.of("convert", LAMBDA, "-o", folder.resolve("m.onnx"));

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.errors())
        .containsExactly(
            "error: "
                + LAMBDA
                + ", layer 'doubled' (Lambda): must not be code: none in a model file is ever"
                + " run, found a Lambda; replace the Lambda by layers or operations of Keras"
                + " and save the model again");
    assertThat(names()).isEmpty();
  }

  @Test
  void refusalLeavesWhatStoodThere() throws IOException {
    Path out = Files.writeString(folder.resolve("m.onnx"), "before");

    assertThat(Run.of("convert", LAMBDA, "-o", out).code()).isEqualTo(3);
    assertThat(out).hasContent("before");
    assertThat(names()).containsExactly("m.onnx");
  }

  @Test
  void refusesAMissingModel() {
    Path missing = folder.resolve("none.keras");

    Run run = Run.of("convert", missing, "-o", folder.resolve("m.onnx"));

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.errors())
        .containsExactly(
            "error: "
                + missing
                + ": must be a file that can be read, found no such file; check"
                + " its name");
  }

  @Test
  void refusesAMissingFolder() throws IOException {
    Path out = folder.resolve("none").resolve("m.onnx");

    Run run = Run.of("convert", MODEL, "-o", out);

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.errors())
        .containsExactly(
            "error: "
                + out
                + ": must be a place where a file can be written, found no folder "
                + out.getParent()
                + "; make the folder first");
    assertThat(names()).isEmpty();
  }

  @Test
  void refusesAFolderAsTarget() throws IOException {
    Run run = Run.of("convert", MODEL, "-o", folder, "--to", "onnx");

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.errors())
        .containsExactly(
            "error: "
                + folder
                + ": must be a place where a file can be written, found a folder; name a file in"
                + " it");
    assertThat(names()).isEmpty();
  }

  /** Nobody, not even root, creates files in /proc. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void refusesAFolderThatCannotBeWrittenTo() {
    Run run = Run.of("convert", MODEL, "-o", "/proc/m.onnx");

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.errors())
        .containsExactly(
            "error: /proc/m.onnx: must be a place where a file can be written, found a folder that"
                + " cannot be written to; choose another, or ask for the right");
  }

  @Test
  void outputMayBeTheInput() throws IOException {
    Path both = Files.copy(MODEL, folder.resolve("m.keras"));
    Path other = folder.resolve("m.onnx");
    assertThat(Run.of("convert", both, "-o", other).code()).isZero();

    assertThat(Run.of("convert", both, "-o", both, "--to", "onnx").code()).isZero();

    assertThat(both).hasSameBinaryContentAs(other);
    assertThat(names()).containsExactly("m.keras", "m.onnx");
  }

  @Test
  void readsAnUnzippedArchive() throws IOException {
    Path model = folder.resolve("model");
    unzip(MODEL, model);

    assertThat(Run.of("convert", model, "-o", folder.resolve("folder.onnx")).code()).isZero();
    assertThat(Run.of("convert", MODEL, "-o", folder.resolve("zip.onnx")).code()).isZero();
    assertThat(folder.resolve("folder.onnx")).hasSameBinaryContentAs(folder.resolve("zip.onnx"));
  }

  @Test
  void readsAnArchitectureWithItsWeights() throws IOException {
    Path model = folder.resolve("model");
    unzip(MODEL, model);
    Path out = folder.resolve("m.onnx");

    Run run =
        Run.of(
            "convert",
            model.resolve("config.json"),
            "--weights",
            model.resolve("model.weights.h5"),
            "-o",
            out);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(out).exists();
  }

  @Test
  void verifiesByRunningBoth() throws IOException {
    Run run = Run.of("convert", MODEL, "-o", folder.resolve("m.onnx"), "--verify");

    assertThat(run.code()).isZero();
    assertThat(run.errors().get(0)).startsWith("verified: largest difference ");
    assertThat(names()).containsExactly("m.onnx");
  }

  @Test
  void mismatchIsExitCode1AndLeavesNothing() throws IOException {
    Run run = Run.of(mismatching(), MODEL, "-o", folder.resolve("m.onnx"), "--verify");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errors()).containsExactly("mismatch: output 0 differs");
    assertThat(names()).isEmpty();
  }

  @Test
  void mismatchIsKeptOnRequest() throws IOException {
    Run run = Run.of(mismatching(), MODEL, "-o", folder.resolve("m.onnx"), "--verify", "--keep");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errors().get(0)).isEqualTo("mismatch: output 0 differs");
    assertThat(names()).containsExactly("m.onnx");
  }

  @Test
  void weighingThatFailsLeavesNothing() throws IOException {
    CommandLine line =
        new CommandLine(
            new ConvertCommand(
                (model, onnx, weights) -> {
                  assertThat(onnx).exists();
                  throw new IllegalStateException("the scale is broken");
                }));

    Run run = Run.of(line, MODEL, "-o", folder.resolve("m.onnx"), "--verify");

    assertThat(run.code()).isNotZero();
    assertThat(names()).isEmpty();
  }

  private static CommandLine mismatching() {
    return new CommandLine(
        new ConvertCommand((model, onnx, weights) -> new Tolerance.Verdict(1, "output 0 differs")));
  }

  private static void unzip(Path zip, Path target) throws IOException {
    Files.createDirectory(target);
    try (var system = FileSystems.newFileSystem(zip);
        Stream<Path> entries = Files.list(system.getPath("/"))) {
      for (Path entry : entries.filter(Files::isRegularFile).toList()) {
        Files.copy(entry, target.resolve(entry.getFileName().toString()));
      }
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
