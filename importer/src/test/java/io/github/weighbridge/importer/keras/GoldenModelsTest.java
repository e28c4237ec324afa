package io.github.weighbridge.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.ModelPrinter;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that Keras 2.15 and 3.15 wrote, as text; each weight is read once. */
class GoldenModelsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Two inner recurrent layers, the backward one not in the file; implicit masks.
        "bidirectional_lstm_masked_concat_sequences_keras2.h5",
        // The same with both, explicit masks, and weights by path.
        "bidirectional_lstm_masked_concat_sequences_keras3.keras",
        "dense_chain_keras2.h5",
        "dict_inputs_keras3.keras",
        // Types are unknown behind the Lambda; the Dense there still gets its weights.
        "lambda_keras2.h5",
        // Nodes count the calls of the nested model from 0, the ends from 1.
        "nested_called_twice_keras3.keras",
        "nested_recurrent_masked_keras3.h5",
        // A frozen layer and batch normalisations in nested models: order of weights.
        "nested_three_deep_keras2.h5",
        "nested_three_deep_keras3.keras",
        "operators_keras2.h5",
        // No module tells layers and functions apart.
        "operators_keras3.h5",
        "siamese_keras2.h5",
      })
  void readsAsText(String file) throws Exception {
    try (Model model = KerasImporter.read(resource(file), KerasImportOptions.DEFAULTS)) {
      assertThat(ModelPrinter.print(model)).isEqualTo(golden(file));
      for (LayerInstance layer : model.layers()) {
        for (WeightRef weight : layer.weights().values()) {
          Tensor loaded = weight.load();
          assertThat(loaded.type()).isEqualTo(weight.type());
        }
      }
    }
  }

  /** What the model must print as. */
  private static String golden(String file) throws IOException, URISyntaxException {
    return Files.readString(resource(file.replaceFirst("\\.(h5|keras)$", ".txt")));
  }

  static Path resource(String file) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(
                GoldenModelsTest.class.getResource("models/" + file), "no resource " + file)
            .toURI());
  }
}
