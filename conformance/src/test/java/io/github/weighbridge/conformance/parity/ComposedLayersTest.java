package io.github.weighbridge.conformance.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.LocallyConnected;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.Severity;
import io.github.weighbridge.core.training.Regularizer;
import io.github.weighbridge.exporter.keras.KerasExportOptions;
import io.github.weighbridge.exporter.keras.KerasExportOptions.Container;
import io.github.weighbridge.exporter.keras.KerasExporter;
import io.github.weighbridge.formats.keras.KerasGeneration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in the place of layers that the target has not: which weights, and what is told. */
final class ComposedLayersTest {

  private static final Path CASES = Path.of("..", "testdata");

  /** What has the weights is found under the layer's name. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "convolutional/local_1d_3_keras2, KERAS_3, locally_connected1d, EinsumDense, '[6, 2, 3, 4]'",
    "convolutional/local_2d_first_2_keras2, KERAS_3, locally_connected2d, EinsumDense,"
        + " '[3, 3, 6, 2, 3]'",
    "keras1/maxout_keras1, KERAS_3, maxoutdense_1, EinsumDense, '[4, 5, 3]'",
    "keras1/highway_keras1, KERAS_2, highway_1, Dense, '[6, 6]'",
    "keras1/conv_lstm2d_tf_keras1_theano, KERAS_3, convlstm2d_1, ConvLSTM2D, '[3, 3, 3, 12]'",
    "applications/layer_scale_steps_keras3, KERAS_2, layer_scale, EinsumDense, '[4]'",
    "recurrent/rnn_time_major_unmasked_keras2, KERAS_3, rnn, RNN, ''",
  })
  void keepsName(
      String path, KerasGeneration generation, String name, String className, String kernel) {
    try (Model model = open(path)) {
      KerasExporter export = export(model, generation);
      LayerInstance own =
          export.fitted().layers().stream()
              .filter(layer -> layer.name().equals(name) && layer.className().equals(className))
              .findFirst()
              .orElseThrow();
      String shape =
          own.weights().containsKey("kernel")
              ? Arrays.toString(own.weights().get("kernel").sizes())
              : "";
      assertThat(shape).isEqualTo(kernel);
      assertThat(Models.problems(model, export.options()))
          .noneMatch(problem -> problem.severity() == Severity.ERROR);
    }
  }

  /** The optimizer's state follows weights that only stand elsewhere. */
  @Test
  void moves() {
    try (Model model = open("models/fitted_time_major_keras2")) {
      KerasExporter export = export(model, KerasGeneration.KERAS_3);
      assertThat(export.problems()).isEmpty();
      assertThat(export.fitted().optimizerState().orElseThrow().slots())
          .hasSameSizeAs(model.optimizerState().orElseThrow().slots());
    }
  }

  /** What does not fit weights of another layout is told. */
  @Test
  void tellsLayout() {
    try (Model model = open("models/fitted_locally_connected_keras2")) {
      List<String> told =
          export(model, KerasGeneration.KERAS_3).problems().stream()
              .map(Problem::toString)
              .toList();
      assertThat(told)
          .hasSize(2)
          .anyMatch(text -> text.contains("kernel_constraint") && text.contains("MaxNorm"))
          .anyMatch(text -> text.contains("the optimizer's state does not follow"));
    }
  }

  /** What predicts the same and trains otherwise is told. */
  @Test
  void tellsTraining() {
    try (Model model = open("keras1/conv_lstm2d_tf_keras1_theano")) {
      assertThat(export(model, KerasGeneration.KERAS_3).problems())
          .hasSize(2)
          .first()
          .asString()
          .contains("convlstm2d_1", "kernel_size", "grows by zeros", "[2, 3] becomes [3, 3]");
    }
    try (Model model = open("convolutional/local_1d_2_keras2")) {
      Tree.Obj regularizer =
          Tree.object()
              .with(
                  "kernel_regularizer",
                  Regularizer.CONFIG_TYPE.writer().apply(new Regularizer("L2", Tree.object())));
      Model regularized =
          model.withLayers(
              model.layers().stream()
                  .map(
                      layer ->
                          layer.layer() instanceof LocallyConnected own
                              ? layer.withLayer(LayerCatalog.with(own, regularizer).orElseThrow())
                              : layer)
                  .toList());
      assertThat(export(regularized, KerasGeneration.KERAS_3).problems())
          .singleElement()
          .asString()
          .contains("kernel_regularizer", "counts only what windows reach", "L2");
    }
  }

  private static KerasExporter export(Model model, KerasGeneration generation) {
    return KerasExporter.of(
        model, KerasExportOptions.of(Container.HDF5).withGeneration(generation));
  }

  private static Model open(String name) {
    Path zip = CASES.resolve(name).resolve("model.keras");
    return Models.open(Files.exists(zip) ? zip : CASES.resolve(name).resolve("model.h5"));
  }
}
