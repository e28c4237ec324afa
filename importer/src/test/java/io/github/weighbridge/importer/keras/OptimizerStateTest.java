package io.github.weighbridge.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.OptimizerState;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.npy.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read of an optimizer is what the attributes of real Keras's optimizer held. */
final class OptimizerStateTest {

  private static final Path CASES = Path.of("../testdata/optimizers");

  static List<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void stateIsThatOfKeras(String name) throws IOException {
    Path folder = CASES.resolve(name);
    Map<String, Tensor> expected = new TreeMap<>(Npz.read(folder.resolve("optimizer.npz")));
    Path zip = folder.resolve("model.keras");
    Path file = Files.exists(zip) ? zip : folder.resolve("model.h5");
    try (Model model = KerasImporter.read(file, KerasImportOptions.DEFAULTS)) {
      assertThat(model.warnings()).isEmpty();
      Map<String, WeightRef> read = read(model, model.optimizerState().orElseThrow());
      assertThat(read.keySet()).containsAll(expected.keySet());
      expected.forEach(
          (key, array) -> compare(key, Objects.requireNonNull(read.get(key)).load(), array));
    }
  }

  private static Map<String, WeightRef> read(Model model, OptimizerState state) {
    Map<String, WeightRef> read = new LinkedHashMap<>(state.scalars());
    if (state.iterations() != null) {
      read.put("iterations", state.iterations());
    }
    if (state.learningRate() != null) {
      read.put("learning_rate", state.learningRate());
    }
    state
        .slots()
        .forEach(
            (id, own) -> {
              LayerInstance layer = model.layer(id.layer());
              own.forEach(
                  (slot, weight) ->
                      read.put(slot + "/" + layer.name() + "/" + id.weight(), weight));
            });
    return read;
  }

  private static void compare(String key, Tensor own, Tensor expected) {
    assertThat(own.sizes()).as(key).isEqualTo(expected.sizes());
    double tolerance = key.equals("u_product") ? 1e-6 : 0;
    for (int i = 0; i < expected.count(); i++) {
      assertThat(own.cast(DataType.FLOAT64).getDouble(i))
          .as(key + "[" + i + "]")
          .isCloseTo(expected.cast(DataType.FLOAT64).getDouble(i), within(tolerance));
    }
  }
}
