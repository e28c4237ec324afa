package io.github.weighbridge.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.api.TargetFormat;
import io.github.weighbridge.conformance.Tool;
import io.github.weighbridge.conformance.docs.quarry.Balance;
import io.github.weighbridge.conformance.docs.quarry.QuarryLayers;
import io.github.weighbridge.core.layer.CustomLayer;
import io.github.weighbridge.core.layer.CustomLayerProvider;
import io.github.weighbridge.core.lowering.CustomLayers;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.formats.npy.Npz;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import io.github.weighbridge.runtime.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of docs/custom-layers.md, on models that Keras wrote with such a layer. */
class CustomLayersTest {

  private static final Path CASES = Path.of("../testdata/custom");
  private static final Path PAGE = Path.of("../docs/custom-layers.md");
  private static final Path SOURCES =
      Path.of("src/test/java/io/github/weighbridge/conformance/docs/quarry");
  private static final KerasImportOptions TAUGHT =
      KerasImportOptions.DEFAULTS.withCustomLayers(CustomLayers.of(List.of(new QuarryLayers())));

  @TempDir Path folder;

  static List<Path> cases() throws IOException {
    try (Stream<Path> paths = Files.list(CASES)) {
      return paths.sorted().toList();
    }
  }

  private static Path model(Path directory) {
    Path keras = directory.resolve("model.keras");
    return Files.exists(keras) ? keras : directory.resolve("model.h5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Balance", "QuarryLayers"})
  void classesStandOnThePage(String name) throws IOException {
    String source = Files.readString(SOURCES.resolve(name + ".java"));
    String begin = "// docs/custom-layers.md begins\n";
    String example =
        source.substring(
            source.indexOf(begin) + begin.length(),
            source.indexOf("// docs/custom-layers.md ends"));
    assertThat(Files.readString(PAGE)).contains("```java\n" + example + "```\n");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void predictsWhatKerasDid(Path directory) {
    try (Model model = Models.open(model(directory), TAUGHT);
        Session session = Session.of(model)) {
      List<Tensor> inputs = List.copyOf(Npz.read(directory.resolve("inputs.npz")).values());
      List<Tensor> outputs = List.copyOf(Npz.read(directory.resolve("outputs.npz")).values());
      List<Tensor> predicted = session.run(inputs);
      assertThat(predicted).hasSameSizeAs(outputs);
      for (int i = 0; i < outputs.size(); i++) {
        float[] got = predicted.get(i).floats();
        float[] expected = outputs.get(i).floats();
        assertThat(got).hasSameSizeAs(expected);
        for (int k = 0; k < got.length; k++) {
          assertThat(Math.abs(got[k] - expected[k]))
              .isLessThan(1e-4f + 1e-3f * Math.abs(expected[k]));
        }
      }
    }
  }

  @Test
  void theRecordHoldsTheConfiguration() {
    try (Model model = Models.open(model(CASES.resolve("balance_without_offset_keras3")), TAUGHT)) {
      assertThat(model.layers())
          .filteredOn(layer -> layer.layer() instanceof CustomLayer)
          .singleElement()
          .satisfies(
              layer -> {
                assertThat(layer.layer()).isEqualTo(new Balance(3, false));
                assertThat(layer.className()).isEqualTo("Quarry>Balance");
                assertThat(layer.weights()).containsOnlyKeys("factor");
              });
      assertThat(texts(Models.problems(model, TargetFormat.DL4J)))
          .contains(
              model.provenance().file()
                  + ", layer 'balance' (Quarry>Balance): must be a layer that DL4J can hold, found"
                  + " Quarry>Balance: a custom layer has no form in DL4J; convert to ONNX");
    }
  }

  @Test
  void isFoundOnTheClassPathOfTheThread() throws IOException {
    Path file = model(CASES.resolve("balance_keras3"));
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader taught = new URLClassLoader(new URL[] {jar().toUri().toURL()}, before)) {
      Thread.currentThread().setContextClassLoader(taught);
      try (Model model = Models.open(file)) {
        assertThat(Models.problems(model, TargetFormat.ONNX)).isEmpty();
      }
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void commandsTakePlugins() throws Exception {
    Path jar = jar();
    Path file = model(CASES.resolve("balance_masked_keras3"));

    Tool refused = Tool.weighbridge(List.of(), "convert", file, "-o", folder.resolve("m.onnx"));
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.err())
        .isEqualTo(
            "error: "
                + file
                + ", layer 'balance' (Balance): must be a layer that is known here, found the class"
                + " Quarry>Balance is not known here; a custom layer can teach it, see"
                + " docs/custom-layers.md"
                + System.lineSeparator());

    Tool verified =
        Tool.weighbridge(
            List.of(),
            "convert",
            file,
            "--plugin",
            jar,
            "-o",
            folder.resolve("m.onnx"),
            "--verify");
    assertThat(verified.code()).as(verified.err()).isZero();
    Tool shown = Tool.weighbridge(List.of(), "inspect", file, "--plugin", jar);
    assertThat(shown.out())
        .containsPattern("balance \\(Quarry>Balance\\) +float32\\[batch, 6, 3\\] +6");
  }

  private static final class Other implements CustomLayerProvider {
    @Override
    public Map<String, Class<? extends CustomLayer>> layers() {
      return Map.of("Quarry>Balance", Balance.class, "Dense", Balance.class);
    }
  }

  @Test
  void namesThatClashAreRefusedTogether() {
    ProblemsException refused =
        catchThrowableOfType(
            ProblemsException.class,
            () -> CustomLayers.of(List.of(new QuarryLayers(), new Other())));
    String other = Other.class.getName();
    assertThat(texts(refused.problems()))
        .containsExactlyInAnyOrder(
            "class 'Dense' of "
                + other
                + ": must not have the name of a layer of Keras, found Dense; register it in Keras"
                + " with a package, and name it 'package>class'",
            "class 'Quarry>Balance' of "
                + other
                + ": must be provided once, found it in "
                + QuarryLayers.class.getName()
                + " too; leave one of them out");
  }

  private static List<String> texts(List<Problem> problems) {
    return problems.stream().map(Problem::toString).toList();
  }

  /** As a user packs it: the classes, and the provider's name as a service. */
  private Path jar() throws IOException {
    Path jar = folder.resolve("quarry.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Class<?> type : List.of(Balance.class, QuarryLayers.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream in =
            Objects.requireNonNull(type.getClassLoader().getResourceAsStream(name))) {
          in.transferTo(out);
        }
      }
      out.putNextEntry(new JarEntry("META-INF/services/" + CustomLayerProvider.class.getName()));
      out.write(QuarryLayers.class.getName().getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }
}
