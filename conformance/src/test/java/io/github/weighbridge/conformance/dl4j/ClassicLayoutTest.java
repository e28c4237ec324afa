package io.github.weighbridge.conformance.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.exporter.dl4j.Dl4jOptions;
import io.github.weighbridge.exporter.dl4j.Dl4jOptions.Layout;
import io.github.weighbridge.formats.npy.Npz;
import io.github.weighbridge.importer.dl4j.Dl4jImporter;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import io.github.weighbridge.importer.keras.KerasImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks in DL4J's classic layout: what they take, give and learn, and that they come back as the
 * models that they were. What they predict is {@link Dl4jRestoreTest}'s matter.
 */
class ClassicLayoutTest {

  private static final Path TESTDATA = Path.of("..", "testdata");
  private static final Dl4jOptions CLASSIC =
      Dl4jOptions.DEFAULTS.withKind(Dl4jOptions.Kind.COMPUTATION_GRAPH).withLayout(Layout.CLASSIC);

  @TempDir Path folder;

  /** Read back, a network is the model that it was, taken and given as Keras has it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "activations/prelu_shared_rows_keras3",
        "convolutional/conv3d_same_stride2_keras3",
        "models/lenet_keras3",
        "models/residual_network_keras3",
        "models/text_cnn_keras3",
        "pooling/max_3d_same_keras3",
        "recurrent/bidirectional_lstm_concat_sequences_keras3",
        "recurrent/lstm_sequences_keras3",
        "recurrent/time_distributed_dense_keras3"
      })
  void comesBackAsTheModelThatItWas(String directory) throws IOException {
    Path zip = folder.resolve("classic.zip");
    try (Model model = read(directory)) {
      Models.write(model, zip, CLASSIC);
      requireTurned(model.network().graph().inputValues(), zip, RestoredNetwork.INPUTS);
      requireTurned(model.network().graph().outputValues(), zip, RestoredNetwork.OUTPUTS);
      try (Model back = Dl4jImporter.read(zip)) {
        assertThat(Models.diff(model, back).equal(0)).isTrue();
      }
    }
  }

  /** Turning axes turns gradients back: DL4J finds those that it finds in Keras's layout. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "convolutional/conv3d_same_stride2_keras3",
        "models/lenet_keras3",
        "models/mobile_net_keras3",
        "models/residual_network_keras3",
        "models/squeeze_excite_keras3",
        "recurrent/bidirectional_lstm_concat_sequences_keras3",
        "recurrent/lstm_backwards_sequences_keras3",
        "recurrent/lstm_last_keras3",
        "recurrent/time_distributed_dense_keras3"
      })
  void findsTheSameGradients(String directory) throws IOException {
    float[] expected = gradient(directory, CLASSIC.withLayout(Layout.KERAS));
    assertThat(gradient(directory, CLASSIC)).containsExactly(expected, Offset.offset(1e-4f));
  }

  /** DL4J's gradient of Convolution1DLayer takes features before steps only. */
  @Test
  void learnsConvolutionsOfSequences() throws IOException {
    float[] gradient = gradient("models/text_cnn_keras3", CLASSIC);
    assertThat(gradient).doesNotContain(Float.NaN);
    assertThatThrownBy(() -> gradient("models/text_cnn_keras3", CLASSIC.withLayout(Layout.KERAS)))
        .hasMessageContaining("conv1d_bp");
  }

  private static Model read(String directory) {
    Path model = TESTDATA.resolve(directory).resolve("model.keras");
    return KerasImporter.read(model, KerasImportOptions.DEFAULTS);
  }

  private float[] gradient(String directory, Dl4jOptions options) throws IOException {
    Path zip = folder.resolve("model.zip");
    try (Model model = read(directory)) {
      Models.write(model, zip, options);
    }
    Path from = TESTDATA.resolve(directory);
    return RestoredNetwork.gradient(
        zip,
        List.copyOf(Npz.read(from.resolve("inputs.npz")).values()),
        List.copyOf(Npz.read(from.resolve("outputs.npz")).values()));
  }

  private static void requireTurned(List<Value> values, Path zip, String key) throws IOException {
    Tree.Obj configuration = RestoredNetwork.configuration(zip);
    List<Boolean> turned = RestoredNetwork.turned(configuration, key);
    for (int i = 0; i < values.size(); i++) {
      boolean hasChannels = values.get(i).type().rank() > 2;
      assertThat(i < turned.size() && turned.get(i)).as(key + " " + i).isEqualTo(hasChannels);
    }
  }
}
