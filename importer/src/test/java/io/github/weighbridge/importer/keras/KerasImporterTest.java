package io.github.weighbridge.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door: what comes in, and what is refused as a whole. */
class KerasImporterTest {

  @TempDir private Path folder;

  @Test
  void tellsWhereAModelCameFrom() throws Exception {
    try (Model model = read("dense_chain_keras2.h5")) {
      assertThat(model.provenance().format()).isEqualTo("keras-h5");
      assertThat(model.provenance().generation()).isEqualTo("tf.keras 2");
      assertThat(model.provenance().version()).isEqualTo("2.15.0");
      assertThat(model.provenance().backend()).isEqualTo("tensorflow");
    }
    try (Model model = read("dict_inputs_keras3.keras")) {
      assertThat(model.provenance().format()).isEqualTo("keras");
      assertThat(model.provenance().generation()).isEqualTo("Keras 3");
      assertThat(model.provenance().version()).isEqualTo("3.15.1");
    }
  }

  @Test
  void readsAnArchitectureAloneAndWithWeights() throws Exception {
    Path architecture =
        write(Architecture.sequential(Architecture.dense("d", "")).replace('\'', '"'));
    try (Model model = KerasImporter.read(architecture, KerasImportOptions.DEFAULTS)) {
      assertThat(model.parameterCount()).isZero();
    }
    Path weights = GoldenModelsTest.resource("dense_chain_keras2.h5");
    assertThatThrownBy(() -> KerasImporter.read(architecture, weights, KerasImportOptions.DEFAULTS))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("layer 'd' (Dense), kernel: must be in the file with shape [3, 2]");
  }

  private static Model read(String file) throws Exception {
    return KerasImporter.read(GoldenModelsTest.resource(file), KerasImportOptions.DEFAULTS);
  }

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("model.json"), json);
  }
}
