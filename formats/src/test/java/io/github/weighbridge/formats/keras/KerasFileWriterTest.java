package io.github.weighbridge.formats.keras;

import static io.github.weighbridge.formats.Resources.path;
import static io.github.weighbridge.formats.Resources.refusals;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.archive.Archive;
import io.github.weighbridge.formats.archive.ArchiveEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Keras wrote is read, written and read again: equal trees, the same bytes of weights. */
class KerasFileWriterTest {

  private static final LocalDateTime SAVED = LocalDateTime.of(2026, 11, 20, 9, 5, 7);

  /** Every so many of the recorded models. */
  private static final int SAMPLE = 13;

  @TempDir Path folder;

  static Stream<Path> models() throws IOException {
    List<Path> models = new ArrayList<>(files(path("keras")));
    List<Path> recorded = files(Path.of("..", "testdata"));
    for (int i = 0; i < recorded.size(); i += SAMPLE) {
      models.add(recorded.get(i));
    }
    return models.stream();
  }

  /** Those that can be opened. */
  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(keras|h5|json|yaml)"))
          .filter(
              file ->
                  !file.toString()
                      .matches(
                          ".*(missing|malformed|_shards|(case|config|metadata|weights)\\.json).*"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void writesWhatItReads(Path model) throws IOException {
    Path copy = folder.resolve("copy");
    try (KerasFile file = KerasFile.open(model)) {
      write(copy, file);
      try (KerasFile again = KerasFile.open(copy)) {
        assertThat(again.form()).isEqualTo(file.form());
        assertThat(again.config()).isEqualTo(file.config());
        assertThat(again.trainingConfig()).isEqualTo(file.trainingConfig());
        assertThat(again.vocabularies()).isEqualTo(file.vocabularies());
        assertSame(again.optimizerWeights(), file.optimizerWeights());
        assertThat(again.weights().isPresent()).isEqualTo(file.weights().isPresent());
        file.weights().ifPresent(weights -> assertSame(again.weights().orElseThrow(), weights));
        file.kerasVersion().ifPresent(v -> assertThat(again.kerasVersion()).contains(v));
        file.backend().ifPresent(b -> assertThat(again.backend()).contains(b));
      }
      byte[] first = Files.readAllBytes(copy);
      write(copy, file);
      assertThat(copy).hasBinaryContent(first);
    }
  }

  private static void write(Path target, KerasFile file) {
    switch (file.form()) {
      case MODEL_ZIP, MODEL_FOLDER -> KerasFileWriter.writeArchive(target, archive(file));
      case MODEL_HDF5 -> KerasFileWriter.writeModel(target, model(file));
      case WEIGHTS_HDF5 -> KerasFileWriter.writeWeights(target, byLayer(file));
      case WEIGHTS_HDF5_V3, WEIGHTS_SHARDS -> KerasFileWriter.writeWeights(target, byPath(file));
      case ARCHITECTURE_JSON -> KerasFileWriter.writeJson(target, file.config().orElseThrow());
      case ARCHITECTURE_YAML -> KerasFileWriter.writeYaml(target, file.config().orElseThrow());
      case WEIGHTS_NPZ -> throw new IllegalArgumentException("Keras writes no plain arrays");
    }
  }

  private static KerasHdf5Model model(KerasFile file) {
    return new KerasHdf5Model(
        file.config().orElseThrow(), file.trainingConfig(), byLayer(file), file.optimizerWeights());
  }

  private static KerasArchive archive(KerasFile file) {
    return new KerasArchive(
        file.config().orElseThrow(),
        file.kerasVersion().orElseThrow(),
        SAVED,
        byPath(file),
        file.vocabularies());
  }

  private static KerasWeights.ByPath byPath(KerasFile file) {
    return (KerasWeights.ByPath) file.weights().orElseThrow();
  }

  private static KerasHdf5Weights byLayer(KerasFile file) {
    return new KerasHdf5Weights(
        (KerasWeights.ByLayer) file.weights().orElseThrow(),
        file.kerasVersion().orElse("1.2.2"),
        file.backend().orElse("theano"));
  }

  private static void assertSame(KerasWeights got, KerasWeights expected) {
    if (expected instanceof KerasWeights.ByPath paths) {
      assertSame(((KerasWeights.ByPath) got).root(), paths.root());
      return;
    }
    KerasWeights.ByLayer gotLayers = (KerasWeights.ByLayer) got;
    KerasWeights.ByLayer layers = (KerasWeights.ByLayer) expected;
    assertThat(gotLayers.layers()).hasSameSizeAs(layers.layers());
    for (int i = 0; i < layers.layers().size(); i++) {
      assertThat(gotLayers.layers().get(i).name()).isEqualTo(layers.layers().get(i).name());
      assertSame(gotLayers.layers().get(i).weights(), layers.layers().get(i).weights());
    }
    assertSame(gotLayers.topLevel(), layers.topLevel());
  }

  private static void assertSame(KerasWeights.Group got, KerasWeights.Group expected) {
    assertThat(got.path()).isEqualTo(expected.path());
    assertThat(got.name()).isEqualTo(expected.name());
    assertThat(got.vars().keySet()).containsExactlyElementsOf(expected.vars().keySet());
    got.vars()
        .forEach((key, weight) -> assertSame(weight, requireNonNull(expected.vars().get(key))));
    assertThat(got.children().keySet()).containsExactlyElementsOf(expected.children().keySet());
    got.children()
        .forEach((name, child) -> assertSame(child, requireNonNull(expected.children().get(name))));
  }

  private static void assertSame(List<NamedWeight> got, List<NamedWeight> expected) {
    assertThat(got).hasSameSizeAs(expected);
    for (int i = 0; i < got.size(); i++) {
      assertThat(got.get(i).name()).isEqualTo(expected.get(i).name());
      assertSame(got.get(i).weight(), expected.get(i).weight());
    }
  }

  private static void assertSame(WeightRef got, WeightRef expected) {
    assertThat(got.type()).isEqualTo(expected.type());
    assertThat(got.load().bytes()).isEqualTo(expected.load().bytes());
  }

  @Test
  void writesOverItsSource() throws IOException {
    Path model = folder.resolve("model.keras");
    Files.copy(path("keras/keras3_sequential.keras"), model);
    try (KerasFile file = KerasFile.open(model)) {
      KerasFileWriter.writeArchive(model, archive(file));
    }
    try (KerasFile file = KerasFile.open(path("keras/keras3_sequential.keras"));
        KerasFile again = KerasFile.open(model)) {
      assertSame(byPath(again), byPath(file));
    }
  }

  @Test
  void appearsOnlyWhenApproved() throws IOException {
    Runnable refusal =
        () -> {
          throw new IllegalStateException("refused");
        };
    try (KerasFile file = KerasFile.open(path("keras/keras3_sequential.keras"))) {
      assertThatThrownBy(
              () ->
                  KerasFileWriter.writeArchive(
                      folder.resolve("model.keras"), archive(file), refusal))
          .hasMessage("refused");
    }
    try (KerasFile file = KerasFile.open(path("keras/tfkeras_functional.h5"))) {
      assertThatThrownBy(
              () -> KerasFileWriter.writeModel(folder.resolve("model.h5"), model(file), refusal))
          .hasMessage("refused");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void tellsAllThatCannotBeKept() {
    WeightRef weight = WeightRef.filled(DataType.FLOAT32, 1, 2);
    KerasWeights.Layer twice =
        new KerasWeights.Layer(
            "dense", List.of(new NamedWeight("kernel", weight), new NamedWeight("kernel", weight)));
    KerasHdf5Weights weights =
        new KerasHdf5Weights(
            new KerasWeights.ByLayer(
                List.of(twice, new KerasWeights.Layer("a\0b", List.of())), List.of()),
            "2.15.0",
            "tensorflow");
    assertThat(
            refusals(folder, () -> KerasFileWriter.writeWeights(folder.resolve("w.h5"), weights)))
        .containsExactly(
            "TARGET_LIMIT w.h5, /@layer_names: must be text without zero characters, because HDF5's"
                + " texts end there, found 'a\\0b'; give it another name",
            "ENTRY_DUPLICATE w.h5, /dense/kernel: must stand once, because HDF5 has one thing under"
                + " a name, found another of that name; give it another name",
            "TARGET_LIMIT w.h5, /a\\0b: must have a name that HDF5 can keep: some text other than"
                + " '.', without zero characters and without slashes at its ends, found 'a\\0b';"
                + " give it another name");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void tellsAllThatAnArchiveCannotKeep() {
    KerasArchive archive =
        new KerasArchive(
            Tree.object(),
            "3.15.1",
            SAVED,
            new KerasWeights.ByPath(
                new KerasWeights.Group("", Optional.of("a\0b"), Map.of(), Map.of())),
            Map.of("layers/string_lookup", List.of("", "[UNK]", "a\nb")));
    assertThat(
            refusals(
                folder, () -> KerasFileWriter.writeArchive(folder.resolve("m.keras"), archive)))
        .containsExactly(
            "TARGET_LIMIT m.keras!model.weights.h5, /vars@name: must be text without zero characters,"
                + " because HDF5's texts end there, found 'a\\0b'; give it another name",
            "TARGET_LIMIT m.keras, assets/layers/string_lookup/vocabulary.txt: must have terms of"
                + " one line, because the file has one a line, found 'a\\nb'; leave the term out");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void keepsTheDate() throws IOException {
    Path model = folder.resolve("model.keras");
    try (KerasFile file = KerasFile.open(path("keras/keras3_sequential.keras"))) {
      KerasFileWriter.writeArchive(model, archive(file));
    }
    try (Archive zip = Archive.open(model)) {
      assertThat(zip.entries())
          .extracting(ArchiveEntry::name)
          .containsExactly("metadata.json", "config.json", "model.weights.h5");
      assertThat(new String(zip.read(zip.entries().get(0), 1000), StandardCharsets.UTF_8))
          .isEqualTo("{\"keras_version\": \"3.15.1\", \"date_saved\": \"2026-11-20@09:05:07\"}");
    }
  }
}
