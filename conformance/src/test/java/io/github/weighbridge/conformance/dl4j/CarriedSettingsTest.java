package io.github.weighbridge.conformance.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.TrainingRecord;
import io.github.weighbridge.core.model.TrainingSettings;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.training.TruncatedBackpropagation;
import io.github.weighbridge.exporter.dl4j.Dl4jExporter;
import io.github.weighbridge.exporter.dl4j.Dl4jOptions;
import io.github.weighbridge.importer.dl4j.Dl4jImporter;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import io.github.weighbridge.importer.keras.KerasImporter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a zip says of training besides updaters and losses stays in a network laid out anew. */
class CarriedSettingsTest {

  private static final Path TESTDATA = Path.of("..", "testdata");

  /** A network that is not what was read, so that nothing goes back as it was. */
  private static final Dl4jOptions ANEW =
      Dl4jOptions.DEFAULTS.withKind(Dl4jOptions.Kind.COMPUTATION_GRAPH);

  @TempDir Path folder;

  @Test
  void constraintsOfKerasComeBack() throws IOException {
    Path file = TESTDATA.resolve("training/constraints_keras3/model.keras");
    Path zip = folder.resolve("model.zip");
    Map<String, Tree> expected;
    try (Model model = KerasImporter.read(file, KerasImportOptions.DEFAULTS)) {
      expected = constraints(model);
      Dl4jExporter.write(model, zip, ANEW);
    }
    assertThat(expected).hasSize(4);
    Path again = folder.resolve("again.zip");
    try (Model model = Dl4jImporter.read(zip)) {
      assertThat(constraints(model)).isEqualTo(expected);
      Dl4jExporter.write(model, again, ANEW);
    }
    for (String layer : List.of("first", "second", "last")) {
      assertThat(configuration(again, layer)).isEqualTo(configuration(zip, layer));
    }
  }

  @Test
  void constraintsOfDl4jGoToKerasWithAWarning() {
    Path zip = TESTDATA.resolve("dl4j/1.0.0-M2.1_constraints_rate/model.zip");
    Path keras = folder.resolve("model.keras");
    List<Problem> told;
    try (Model model = Models.open(zip)) {
      assertThat(model.warnings()).isEmpty();
      told = Models.write(model, keras);
    }
    assertThat(told.stream().map(p -> p.place().layer() + ": " + p.rule()))
        .containsExactly(
            "layer0: adds 1.0E-7 to norms, which makes slightly other steps",
            "layer1: adds 1.0E-7 to norms, which makes slightly other steps",
            "layer2: adds 1.0E-7 to norms, which makes slightly other steps",
            "layer2: brings norms to its limits bit by bit, which makes other steps");
    try (Model model = Models.open(keras)) {
      assertThat(constraints(model).toString())
          .isEqualTo(
              """
              {layer0/kernel_constraint={"class_name": "MaxNorm", "config": {"max_value": 0.5, \
              "axis": 0}}, layer0/bias_constraint={"class_name": "NonNeg", "config": {}}, \
              layer1/kernel_constraint={"class_name": "UnitNorm", "config": {"axis": 1}}, \
              layer1/bias_constraint={"class_name": "MaxNorm", "config": {"max_value": 0.2, \
              "axis": 0}}, layer2/kernel_constraint={"class_name": "MinMaxNorm", "config": \
              {"min_value": 0.3, "max_value": 0.9, "rate": 0.6, "axis": 0}}}""");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j/0.9.1_graves_lstm_tbptt", "dl4j/1.0.0-M2.1_settings_pieces"})
  void piecesOfSequencesStay(String id) throws IOException {
    for (Dl4jOptions.Layout layout : Dl4jOptions.Layout.values()) {
      Path zip = folder.resolve("model.zip");
      try (Model model = Dl4jImporter.read(TESTDATA.resolve(id).resolve("model.zip"))) {
        Model changed = model.withLayers(model.layers());
        assertThat(changed.trainingSettings().truncated()).isPresent();
        Dl4jExporter.write(changed, zip, Dl4jOptions.DEFAULTS.withLayout(layout));
        Tree.Obj written = RestoredNetwork.configuration(zip);
        Tree.Obj before = model.written().orElseThrow().architecture();
        for (String key : List.of("backpropType", "tbpttFwdLength", "tbpttBackLength")) {
          assertThat(written.get(key)).as(key).isEqualTo(before.get(key));
        }
        assertThat(written.get("iterationCount")).isEqualTo(before.get("iterationCount"));
        assertThat(RestoredNetwork.restore(zip)).isNotNull();
      }
    }
  }

  @Test
  void piecesAlongFeaturesAreToldOf() {
    // The input of this one has its features last.
    Path zip = TESTDATA.resolve("dl4j/1.0.0-M2.1_constraints_steps/model.zip");
    try (Model model = Dl4jImporter.read(zip)) {
      Model cut = withTruncation(model, new TruncatedBackpropagation(3, 2));
      assertThat(Dl4jExporter.write(cut, folder.resolve("model.zip"), Dl4jOptions.DEFAULTS))
          .extracting(Problem::toString)
          .containsExactly(
              zip
                  + ", backpropType: cuts features into pieces and not steps, which DL4J expects to"
                  + " be last, found TruncatedBPTT; use --dl4j-layout classic");
      Dl4jOptions classic = Dl4jOptions.DEFAULTS.withLayout(Dl4jOptions.Layout.CLASSIC);
      assertThat(Dl4jExporter.write(cut, folder.resolve("classic.zip"), classic)).isEmpty();
      assertThat(Models.write(cut, folder.resolve("model.keras")))
          .extracting(Problem::rule)
          .contains("trains on whole sequences, and not in pieces");
    }
  }

  private static Model withTruncation(Model model, TruncatedBackpropagation truncation) {
    return new Model(
        model.name(),
        model.network(),
        model.layers(),
        model.provenance(),
        null,
        new TrainingRecord(
            null,
            model.compilation().orElse(null),
            model.optimizerState().orElse(null),
            new TrainingSettings(truncation, 0, Map.of())),
        model.warnings(),
        () -> {});
  }

  @Test
  void normalizersStayWithTheInputsThatTheyAreFor() throws IOException {
    Path zip = TESTDATA.resolve("dl4j/1.0.0-M2.1_normalizer_standardize/model.zip");
    Path target = folder.resolve("model.zip");
    try (Model model = Dl4jImporter.read(zip)) {
      Model changed = model.withLayers(model.layers()).withLayers(model.layers());
      assertThat(Dl4jExporter.write(changed, target, Dl4jOptions.DEFAULTS)).isEmpty();
      assertThat(normalizer(target)).isPresent().isEqualTo(normalizer(zip));
      assertThat(Dl4jExporter.write(withoutItsFirst(changed), target, Dl4jOptions.DEFAULTS))
          .extracting(Problem::rule)
          .containsExactly("is left out, because it was made for other inputs");
      assertThat(normalizer(target)).isEmpty();
    }
  }

  /** A chain that takes what its first layer gives. */
  private static Model withoutItsFirst(Model model) {
    Graph graph = model.network().graph();
    List<Call> calls = graph.calls();
    Argument input = Argument.of(calls.get(1).outputs());
    Graph rest =
        Graph.ofCalls(
            "rest", input, calls.subList(2, calls.size()), Argument.of(graph.outputValues()));
    List<LayerId> layers = rest.calls().stream().map(Call::layer).toList();
    return model.withNetwork(
        new Network(Network.Kind.FUNCTIONAL, "Functional", layers, rest),
        layers.stream().map(model::layer).toList());
  }

  /** As text, for the comparison of every byte. */
  private static Optional<String> normalizer(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      ZipEntry entry = file.getEntry("normalizer.bin");
      return entry == null
          ? Optional.empty()
          : Optional.of(
              new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void layersThatGoKeepNoTraining() {
    Path zip = TESTDATA.resolve("dl4j/1.0.0-M2.1_settings_layers/model.zip");
    try (Model model = Dl4jImporter.read(zip)) {
      assertThat(model.trainingSettings().layers()).hasSize(5);
      LayerId gone = model.trainingSettings().layers().keySet().iterator().next();
      Model less =
          model.withLayers(model.layers().stream().filter(l -> !l.id().equals(gone)).toList());
      assertThat(less.trainingSettings().layers()).hasSize(4).doesNotContainKey(gone);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "layers | is not compiled, because layers have optimizers of their own",
        "decays | decays weights and clips gradients of no layer in a way of its own",
        "gradients | decays weights and clips gradients of no layer in a way of its own"
      })
  void trainingLayerByLayerGoesToKerasWithAWarning(String name, String rule) {
    Path zip = TESTDATA.resolve("dl4j/1.0.0-M2.1_settings_" + name + "/model.zip");
    try (Model model = Models.open(zip)) {
      assertThat(model.warnings()).isEmpty();
      assertThat(Models.write(model, folder.resolve("model.keras")))
          .extracting(Problem::rule)
          .contains(rule);
    }
  }

  private static Tree.Obj configuration(Path zip, String layer) throws IOException {
    return RestoredNetwork.configuration(zip)
        .object("vertices")
        .flatMap(vertices -> vertices.object(layer))
        .orElseThrow();
  }

  /** By layer and key. */
  private static Map<String, Tree> constraints(Model model) {
    Map<String, Tree> constraints = new LinkedHashMap<>();
    for (LayerInstance instance : model.layers()) {
      Layer layer = instance.layer();
      if (LayerCatalog.has(layer)) {
        LayerCatalog.binder()
            .write((Record) layer)
            .members()
            .forEach(
                (key, value) -> {
                  if (key.endsWith("_constraint") && !value.isNull()) {
                    constraints.put(instance.name() + "/" + key, value);
                  }
                });
      }
    }
    return constraints;
  }
}
