package io.github.weighbridge.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.conformance.Tool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who only converts pays for no native library: neither in time nor in downloads. */
class ConvertLoadsNoNativeCodeTest {

  private static final Path MODELS = Path.of("..", "testdata", "models");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"m.onnx", "m.zip"})
  void convertLoadsNoClassOfNativeLibraries(String target) throws Exception {
    assertLoadsNone("convert", model(), "-o", folder.resolve(target));
    assertThat(folder.resolve(target)).exists();
  }

  @Test
  void inspectLoadsNoClassOfNativeLibraries() throws Exception {
    assertLoadsNone("inspect", model());
  }

  @Test
  void diffLoadsNoClassOfNativeLibraries() throws Exception {
    assertLoadsNone("diff", model(), model());
  }

  /** That the log would show them. */
  @Test
  void predictLoadsThem() throws Exception {
    Path inputs = MODELS.resolve("lenet_keras3").resolve("inputs.npz");
    assertThat(loaded("predict", model(), "--inputs", inputs, "-o", folder.resolve("y.npz")))
        .anyMatch(name -> name.startsWith("org.bytedeco."));
  }

  @Test
  void convertsWithoutTheirJars() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jar -> !jar.matches(".*(nd4j|javacpp|openblas|onnxruntime|deeplearning4j).*"))
            .collect(Collectors.joining(File.pathSeparator));

    Tool convert =
        Tool.weighbridgeOn(classPath, "convert", model(), "-o", folder.resolve("m.onnx"));

    assertThat(convert.code()).as(convert.err()).isZero();
  }

  private void assertLoadsNone(Object... args) throws IOException, InterruptedException {
    assertThat(loaded(args))
        .hasSizeGreaterThan(500)
        .noneMatch(name -> name.matches("(org\\.nd4j|org\\.bytedeco|ai\\.onnxruntime)\\..*"));
  }

  /** The classes that a run loads. */
  private List<String> loaded(Object... args) throws IOException, InterruptedException {
    Path log = folder.resolve("classes.log");
    Tool run = Tool.weighbridge(List.of("-Xlog:class+load:file=" + log + ":none"), args);
    assertThat(run.code()).as(run.err()).isZero();
    try (Stream<String> lines = Files.lines(log)) {
      return lines.map(line -> line.substring(0, line.indexOf(' '))).toList();
    }
  }

  private static Path model() {
    return MODELS.resolve("lenet_keras3").resolve("model.keras");
  }
}
