package io.github.weighbridge.conformance.parity;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.exporter.keras.KerasExportOptions;
import io.github.weighbridge.formats.config.Json;
import io.github.weighbridge.formats.keras.KerasFile;
import io.github.weighbridge.formats.keras.KerasForm;
import io.github.weighbridge.formats.keras.KerasWeights;
import io.github.weighbridge.formats.keras.NamedWeight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model that goes back into the form that it came in loses nothing: the same configuration to the
 * last key, training included, and the same bytes of every weight and every variable of the
 * optimizer.
 */
class RoundTripTest {

  /**
   * What comes back otherwise: layers that cuDNN alone runs as those that anything runs, and what
   * Keras itself cannot read, as it stores a layer once that stands in two models. What the Keras
   * of today computes otherwise than the one that wrote it does not come back at all.
   */
  private static final Pattern OTHERWISE =
      Pattern.compile(
          "cudnn_.*|shared_across_levels_keras3"
              + "|merged_masks_keras3_0_keras|random_crop_keras3_[06]_keras");

  private static final Path TESTDATA = Path.of("..", "testdata");

  @TempDir Path folder;

  /** One test for each family of archives that Keras 3 wrote. */
  @TestFactory
  Stream<DynamicTest> archivesOfKeras3() throws IOException {
    return families(".keras", KerasForm.MODEL_ZIP, "3.");
  }

  /** One test for each family of HDF5 files that tf.keras 2.15 wrote. */
  @TestFactory
  Stream<DynamicTest> filesOfTfKeras() throws IOException {
    return families(".h5", KerasForm.MODEL_HDF5, "2.15");
  }

  private Stream<DynamicTest> families(String ending, KerasForm form, String version)
      throws IOException {
    Map<String, List<Path>> families = new TreeMap<>();
    try (Stream<Path> files = Files.walk(TESTDATA)) {
      for (Path file : files.filter(f -> f.endsWith("model" + ending)).sorted().toList()) {
        if (isOf(file, form, version)) {
          families
              .computeIfAbsent(
                  TESTDATA.relativize(file).getName(0).toString(), f -> new ArrayList<>())
              .add(file);
        }
      }
    }
    assertThat(families).hasSizeGreaterThan(10);
    return families.entrySet().stream()
        .map(family -> DynamicTest.dynamicTest(family.getKey(), () -> check(family.getValue())));
  }

  private static boolean isOf(Path file, KerasForm form, String version) throws IOException {
    String name = String.valueOf(requireNonNull(file.getParent()).getFileName());
    if (OTHERWISE.matcher(name).matches() || !isAccepted(file)) {
      return false;
    }
    try (KerasFile keras = KerasFile.open(file)) {
      return keras.form() == form
          && keras.kerasVersion().filter(v -> v.startsWith(version)).isPresent();
    }
  }

  private static boolean isAccepted(Path model) throws IOException {
    Path description = model.resolveSibling("case.json");
    return Files.exists(description)
        && Json.parse(Files.readString(description), "case.json")
            .asObject()
            .orElseThrow()
            .text("expect")
            .filter("ok"::equals)
            .isPresent();
  }

  private void check(List<Path> models) throws IOException {
    Path target = folder.resolve(models.get(0).getFileName());
    boolean archive = target.toString().endsWith(".keras");
    KerasExportOptions options =
        KerasExportOptions.of(
            archive ? KerasExportOptions.Container.ZIP : KerasExportOptions.Container.HDF5);
    for (Path source : models) {
      try (Model model = Models.open(source)) {
        if (losesVocabulary(model, source)) {
          continue;
        }
        // What an earlier version computed otherwise at the edges stays as it was, if asked for.
        Models.write(model, target, options.withAcceptsDifferences(true));
      }
      try (KerasFile before = KerasFile.open(source);
          KerasFile after = KerasFile.open(target)) {
        assertThat(after.config()).as("%s", source).isEqualTo(before.config());
        assertThat(after.trainingConfig()).as("%s", source).isEqualTo(before.trainingConfig());
        assertThat(after.vocabularies()).as("%s", source).isEqualTo(before.vocabularies());
        assertThat(bytes(after)).as("%s", source).isEqualTo(bytes(before));
      }
    }
  }

  /** A vocabulary that was learnt stands in no HDF5 file: it is written into the configuration. */
  private static boolean losesVocabulary(Model model, Path source) {
    return source.toString().endsWith(".h5")
        && model.layers().stream()
            .anyMatch(layer -> layer.className().matches("(String|Integer)Lookup|TextVec.*"));
  }

  /** Every array of a file by its name, as types, sizes and bytes. */
  private static Map<String, String> bytes(KerasFile file) {
    Map<String, WeightRef> arrays = new LinkedHashMap<>();
    Optional<KerasWeights> weights = file.weights();
    if (weights.isPresent() && weights.get() instanceof KerasWeights.ByPath byPath) {
      collect(byPath.root(), arrays);
    } else if (weights.isPresent()) {
      for (KerasWeights.Layer layer : ((KerasWeights.ByLayer) weights.get()).layers()) {
        for (int i = 0; i < layer.weights().size(); i++) {
          arrays.put(layer.name() + " " + i, layer.weights().get(i).weight());
        }
      }
    }
    for (NamedWeight variable : file.optimizerWeights()) {
      arrays.put("optimizer " + variable.name(), variable.weight());
    }
    return arrays.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> text(e.getValue()), (a, b) -> a, TreeMap::new));
  }

  private static void collect(KerasWeights.Group group, Map<String, WeightRef> arrays) {
    group.vars().forEach((key, weight) -> arrays.put(group.path() + " " + key, weight));
    group.children().values().forEach(child -> collect(child, arrays));
  }

  private static String text(WeightRef weight) {
    Tensor tensor = weight.load();
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < tensor.count(); i++) {
      values.append(Double.doubleToRawLongBits(tensor.getDouble(i))).append(' ');
    }
    return weight.dtype() + Arrays.toString(weight.sizes()) + values;
  }
}
