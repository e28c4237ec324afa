package io.github.weighbridge.conformance.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.WeightId;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.exporter.dl4j.Dl4jExporter;
import io.github.weighbridge.exporter.dl4j.Dl4jOptions;
import io.github.weighbridge.exporter.dl4j.Dl4jOptions.Layout;
import io.github.weighbridge.formats.config.Json;
import io.github.weighbridge.formats.npy.Npz;
import io.github.weighbridge.importer.dl4j.Dl4jImporter;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import io.github.weighbridge.importer.keras.KerasImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One more step of training in DL4J leads where it led Keras 3 and tf.keras 2.15, with the
 * optimizer's state carried; where DL4J's updaters compute something else, that is told.
 */
class CarriedTrainingTest {

  private static final Path TESTDATA = Path.of("..", "testdata");
  private static final double LIMIT = 2e-6;

  /** Rounding errors alone: a bias before a BatchNormalization has no gradient. */
  private static final double NO_GRADIENT = 1e-12;

  /** One case for each updater that DL4J has as Keras has it. */
  private static final Set<String> SAME =
      Set.of(
          "optimizers/sgd_keras3",
          "optimizers/sgd_nesterov_keras3",
          "optimizers/adam_scaled_keras3",
          "optimizers/adam_nested_keras3",
          "optimizers/adagrad_keras3",
          "optimizers/adagrad_keras2_legacy",
          "optimizers/rmsprop_keras2_legacy");

  /** What DL4J trains otherwise, of the cases that try one thing each. */
  private static final Set<String> OTHER =
      Set.of(
          "training/loss_pixels_keras3",
          "training/loss_states_keras3",
          "training/schedule_polynomial_keras3");

  /** Layers that DL4J has not, whose weights stand in what they are decomposed into. */
  private static final Set<String> DECOMPOSED =
      Set.of(
          "training/attention_keras3",
          "training/einsum_dense_keras3",
          "training/gelu_keras3",
          "training/group_norm_keras3",
          "training/heads_keras3",
          "training/layer_norm_decay_keras3",
          "training/layer_norm_keras3",
          "training/layer_norm_pixels_keras3",
          "training/layer_norm_scale_keras3",
          "training/layer_norm_shift_keras3",
          "training/layer_norm_steps_keras3",
          "training/rms_norm_keras3",
          "training/unit_norm_keras3",
          "training/upsampled_keras3");

  @TempDir Path folder;

  static List<String> cases() throws IOException {
    return having("step.npz").stream()
        .filter(id -> !DECOMPOSED.contains(id))
        .filter(id -> id.matches(".*_keras(3|3_h5|2|2_v3|2_legacy)"))
        .toList();
  }

  static Stream<Arguments> decomposed() {
    return DECOMPOSED.stream()
        .sorted()
        .flatMap(id -> Stream.of(Layout.KERAS, Layout.CLASSIC).map(l -> Arguments.of(id, l)));
  }

  static List<String> updaters() throws IOException {
    return having("next.zip");
  }

  /** The cases that have a file, in order. */
  private static List<String> having(String file) throws IOException {
    try (Stream<Path> files = Files.walk(TESTDATA)) {
      return files
          .filter(f -> f.endsWith(file))
          .map(f -> TESTDATA.relativize(f.getParent()).toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void makesTheSameStep(String id) throws IOException {
    Path directory = TESTDATA.resolve(id);
    Path zip = folder.resolve("model.zip");
    try (Model model = KerasImporter.read(model(directory), KerasImportOptions.DEFAULTS)) {
      List<Problem> told = Dl4jExporter.write(model, zip, Dl4jOptions.DEFAULTS);
      if (told.stream().anyMatch(p -> p.code() == ProblemCode.TARGET_DROPS)) {
        assertThat(SAME).as("%s", told).doesNotContain(id);
        assertThat(id.startsWith("training/")).as("%s", told).isEqualTo(OTHER.contains(id));
        return;
      }
      requireSameStep(model, zip, directory);
    }
  }

  /** Every case of images and sequences that DL4J trains by, and what it trains in this only. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "training/constraints_keras3",
        "training/loss_pooled_keras3",
        "training/loss_states_keras3",
        "training/loss_steps_keras3",
        "training/loss_steps_softmax_keras3",
        "training/penalties_adam_keras3",
        "training/penalties_keras3",
        "training/penalties_loop_keras3"
      })
  void makesTheSameStepInTheClassicLayout(String id) throws IOException {
    Path directory = TESTDATA.resolve(id);
    Path zip = folder.resolve("model.zip");
    try (Model model = KerasImporter.read(model(directory), KerasImportOptions.DEFAULTS)) {
      Dl4jOptions classic = Dl4jOptions.DEFAULTS.withLayout(Layout.CLASSIC);
      assertThat(Dl4jExporter.write(model, zip, classic)).isEmpty();
      requireSameStep(model, zip, directory);
    }
  }

  /** All parameters become those that the weights become after Keras's step; constants stay. */
  @ParameterizedTest
  @MethodSource("decomposed")
  void trainsWhatLayersAreDecomposedInto(String id, Layout layout) throws IOException {
    Path directory = TESTDATA.resolve(id);
    Dl4jOptions options = Dl4jOptions.DEFAULTS.withLayout(layout);
    Path zip = folder.resolve("model.zip");
    Path next = folder.resolve("next.zip");
    Path expected = folder.resolve("expected.zip");
    Map<String, Tensor> step = Npz.read(directory.resolve("step.npz"));
    try (Model model = KerasImporter.read(model(directory), KerasImportOptions.DEFAULTS)) {
      assertThat(Dl4jExporter.write(model, zip, options)).isEmpty();
      Dl4jExporter.write(after(step, model), expected, options);
    }
    RestoredNetwork.fit(zip, arrays(step, "x"), arrays(step, "y"), next);
    assertThat(RestoredNetwork.parameters(next))
        .containsExactly(RestoredNetwork.parameters(expected), Offset.offset((float) LIMIT));
  }

  /** A model with the weights that a step led to. */
  private static Model after(Map<String, Tensor> step, Model model) {
    List<LayerInstance> layers = new ArrayList<>();
    for (LayerInstance layer : model.layers()) {
      Map<String, WeightRef> weights = new LinkedHashMap<>(layer.weights());
      weights.replaceAll(
          (name, weight) ->
              Optional.ofNullable(step.get("after/" + layer.name() + "/" + name))
                  .map(WeightRef::of)
                  .orElse(weight));
      layers.add(layer.withWeights(weights));
    }
    return model.withLayers(layers);
  }

  private void requireSameStep(Model model, Path zip, Path directory) throws IOException {
    Map<String, Tensor> step = Npz.read(directory.resolve("step.npz"));
    Path next = folder.resolve("next.zip");
    RestoredNetwork.fit(zip, arrays(step, "x"), arrays(step, "y"), next);
    try (Model trained = Dl4jImporter.read(next)) {
      for (Map.Entry<String, Tensor> after : step.entrySet()) {
        if (after.getKey().startsWith("after/")) {
          compare(model, trained, after.getKey(), after.getValue());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void makesTheStepOfDl4jInANetworkLaidOutAnew(String id) throws IOException {
    Path directory = TESTDATA.resolve(id);
    Path zip = folder.resolve("model.zip");
    try (Model model = Dl4jImporter.read(directory.resolve("model.zip"))) {
      Dl4jOptions anew = Dl4jOptions.DEFAULTS.withKind(Dl4jOptions.Kind.COMPUTATION_GRAPH);
      assertThat(Dl4jExporter.write(model, zip, anew)).isEmpty();
    }
    List<Tensor> inputs = List.copyOf(Npz.read(directory.resolve("inputs.npz")).values());
    List<Tensor> labels = List.copyOf(Npz.read(directory.resolve("labels.npz")).values());
    Path next = folder.resolve("next.zip");
    RestoredNetwork.fit(zip, inputs, labels, next);
    try (Model trained = Dl4jImporter.read(next);
        Model expected = Dl4jImporter.read(directory.resolve("next.zip"))) {
      for (LayerInstance layer : expected.layers()) {
        layer
            .weights()
            .forEach(
                (name, weight) ->
                    assertThat(weight(layer(trained, layer.name(), name), name))
                        .as("%s/%s", layer.name(), name)
                        .containsExactly(weight.load().doubles(), Offset.offset(LIMIT)));
      }
    }
  }

  private static double[] weight(LayerInstance layer, String name) {
    return Objects.requireNonNull(layer.weights().get(name)).load().doubles();
  }

  private static Path model(Path directory) throws IOException {
    Tree.Obj config =
        Json.parse(Files.readString(directory.resolve("case.json")), "case.json")
            .asObject()
            .orElseThrow();
    return directory.resolve(config.object("files").flatMap(f -> f.text("model")).orElseThrow());
  }

  private static List<Tensor> arrays(Map<String, Tensor> step, String name) {
    return step.entrySet().stream()
        .filter(e -> e.getKey().equals(name) || e.getKey().startsWith(name + "/"))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static void compare(Model before, Model trained, String key, Tensor expected) {
    String[] path = key.split("/", 3);
    LayerInstance source = layer(before, path[1], path[2]);
    boolean hasGradient =
        before
            .optimizerState()
            .flatMap(state -> state.slot(new WeightId(source.id(), path[2]), "velocity"))
            .map(velocity -> Arrays.stream(velocity.load().doubles()).max().orElse(0))
            .filter(largest -> largest < NO_GRADIENT)
            .isEmpty();
    if (hasGradient) {
      assertThat(weight(layer(trained, path[1], path[2]), path[2]))
          .as(key)
          .containsExactly(expected.doubles(), Offset.offset(LIMIT));
    }
  }

  private static LayerInstance layer(Model model, String name, String weight) {
    return model.layers().stream()
        .filter(own -> own.name().equals(name) || own.name().endsWith("/" + name))
        .filter(own -> own.weights().containsKey(weight))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + "/" + weight));
  }
}
