package io.github.weighbridge.conformance.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.OptimizerState;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.training.Compilation;
import io.github.weighbridge.core.training.LossScaleOptimizer;
import io.github.weighbridge.core.training.Optimizer;
import io.github.weighbridge.exporter.keras.KerasExportOptions;
import io.github.weighbridge.exporter.keras.KerasExportOptions.Container;
import io.github.weighbridge.formats.keras.KerasGeneration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Optimizers and their state, which real Keras left in testdata/optimizers, written in every form
 * and read back: the same, or told.
 */
final class OptimizerRoundTripTest {

  private static final Path CASES = Path.of("..", "testdata", "optimizers");

  @TempDir private Path folder;

  static List<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(own -> own.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void comesBack(String name) throws IOException {
    for (Container container : List.of(Container.ZIP, Container.HDF5)) {
      check(name, KerasExportOptions.of(container).withGeneration(KerasGeneration.KERAS_3));
    }
    check(name, KerasExportOptions.of(Container.HDF5).withGeneration(KerasGeneration.KERAS_2));
  }

  private void check(String name, KerasExportOptions options) throws IOException {
    Path zip = CASES.resolve(name).resolve("model.keras");
    Path source = Files.exists(zip) ? zip : CASES.resolve(name).resolve("model.h5");
    Path target = folder.resolve(name + (options.container() == Container.ZIP ? ".keras" : ".h5"));
    try (Model model = Models.open(source)) {
      List<Problem> told = Models.write(model, target, options);
      try (Model written = Models.open(target)) {
        assertThat(written.warnings()).isEmpty();
        if (!told.isEmpty()) {
          return;
        }
        Compilation before = model.compilation().orElseThrow();
        Compilation after = written.compilation().orElseThrow();
        assertThat(withoutName(after)).isEqualTo(withoutName(before));
        assertThat(after.loss()).isEqualTo(before.loss());
        assertThat(after.metrics().values()).hasSameSizeAs(before.metrics().values());
        Map<String, float[]> kept = slots(model);
        assertThat(slots(written))
            .hasSize(kept.size())
            .allSatisfy((slot, values) -> assertThat(values).as(slot).isEqualTo(kept.get(slot)));
      }
    }
  }

  /** tf.keras has no name for what scales a loss. */
  private static @Nullable Optimizer withoutName(Compilation compilation) {
    return compilation.optimizer() instanceof LossScaleOptimizer scaled
        ? new LossScaleOptimizer(
            "", scaled.innerOptimizer(), scaled.initialScale(), scaled.dynamicGrowthSteps())
        : compilation.optimizer();
  }

  private static Map<String, float[]> slots(Model model) {
    OptimizerState state = model.optimizerState().orElseThrow();
    Map<String, float[]> slots = new TreeMap<>();
    state
        .slots()
        .forEach(
            (id, own) -> {
              LayerInstance layer = model.layer(id.layer());
              own.forEach(
                  (slot, weight) ->
                      slots.put(
                          slot + "/" + layer.name() + "/" + id.weight(), weight.load().floats()));
            });
    WeightRef steps = state.iterations();
    if (steps != null && steps.load().cast(DataType.FLOAT32).floats()[0] > 0) {
      slots.put("iterations", steps.load().cast(DataType.FLOAT32).floats());
    }
    return slots;
  }
}
