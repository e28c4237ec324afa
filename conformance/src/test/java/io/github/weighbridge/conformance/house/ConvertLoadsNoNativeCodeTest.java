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
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

  /** Classes might hide what they load; the process's own map does not. */
  @ParameterizedTest
  @ValueSource(strings = {"m.onnx", "m.zip"})
  @EnabledOnOs(OS.LINUX)
  void convertMapsLibrariesOfTheJdkOnly(String target) throws Exception {
    assertThat(mapped("convert", model(), "-o", folder.resolve(target)))
        .anyMatch(path -> path.endsWith("/libjvm.so"))
        .allMatch(ConvertLoadsNoNativeCodeTest::isOfJdkOrSystem);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void inspectAndDiffMapLibrariesOfTheJdkOnly() throws Exception {
    assertThat(mapped("inspect", model())).allMatch(ConvertLoadsNoNativeCodeTest::isOfJdkOrSystem);
    assertThat(mapped("diff", model(), model()))
        .allMatch(ConvertLoadsNoNativeCodeTest::isOfJdkOrSystem);
  }

  /** That the map would show them. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void predictMapsNd4j() throws Exception {
    Path inputs = MODELS.resolve("lenet_keras3").resolve("inputs.npz");
    assertThat(mapped("predict", model(), "--inputs", inputs, "-o", folder.resolve("y.npz")))
        .anyMatch(path -> path.contains("nd4jcpu") && !isOfJdkOrSystem(path));
  }

  private static boolean isOfJdkOrSystem(String path) {
    return Stream.of(System.getProperty("java.home"), "/usr/lib", "/lib").anyMatch(path::startsWith)
        && !path.matches(".*(nd4j|javacpp|onnxruntime|openblas|mkl|dnnl).*");
  }

  /** The shared libraries that a run has in its address space at its end. */
  private List<String> mapped(Object... args) throws IOException, InterruptedException {
    Path log = folder.resolve("libraries.log");
    Object[] all = Stream.concat(Stream.of(log), Stream.of(args)).toArray();
    Tool run =
        Tool.java(
            System.getProperty("java.class.path"), List.of(), LibraryWatch.class.getName(), all);
    assertThat(run.code()).as(run.err()).isZero();
    return Files.readAllLines(log);
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
