package io.github.weighbridge.conformance.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.Severity;
import io.github.weighbridge.exporter.keras.KerasExportOptions;
import io.github.weighbridge.exporter.keras.KerasExportOptions.Container;
import io.github.weighbridge.exporter.keras.KerasExporter;
import io.github.weighbridge.formats.keras.KerasGeneration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real Keras of another generation did not load or computed otherwise, as written now. */
final class OtherGenerationTest {

  private static final Path CASES = Path.of("..", "testdata");

  /** Errors of TensorFlow in the target, each known before the file is written. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "dtypes/layer_norm_int32_keras3, must have an input of floating-point numbers",
    "dtypes/multi_head_int32_keras3, must have an input of floating-point numbers",
    "dtypes/add_int32_float32_keras3, must have inputs of one type",
    "lookups/hashing_floats_keras3, must have an input of whole numbers or texts",
    "preprocessing/category_encoding_one_hot_rank2_keras3, must give two axes at most",
    "lookups/string_lookup_adapted_tf_idf_keras3, must be given",
    "text/text_vectorization_ngrams_pairs_keras3, must be one number",
    "quantization/dense_int8_keras3, must not be quantised",
    "normalization/group_norm_masked_keras3, must get no mask",
    "recurrent/conv_lstm1d_masking_keras3, must get no mask",
    "recurrent/mask_concatenate_steps_one_keras3, must have a mask for every input or none",
  })
  void refusedForTfKeras(String name, String rule) {
    try (Model model = open(name)) {
      List<Problem> problems = Models.problems(model, tfKeras());
      assertThat(problems)
          .filteredOn(problem -> problem.severity() == Severity.ERROR)
          .first()
          .asString()
          .contains(rule);
    }
  }

  /** An attention that no mask reaches is the same in both generations. */
  @ParameterizedTest
  @CsvSource({
    "attention/multi_head_keras2, KERAS_3",
    "attention/multi_head_scores_keras3, KERAS_2"
  })
  void attendsToAll(String name, KerasGeneration generation) {
    try (Model model = open(name)) {
      KerasExportOptions options = KerasExportOptions.of(Container.HDF5).withGeneration(generation);
      assertThat(Models.problems(model, options)).isEmpty();
    }
  }

  /** A loop that is written out would fail in tf.keras; one that is not is the same. */
  @Test
  void doesNotUnroll() {
    try (Model model = open("recurrent/mask_through_lstm_zero_output_unrolled_last_keras3")) {
      KerasExporter export = KerasExporter.of(model, tfKeras());
      assertThat(Models.problems(model, tfKeras())).isEmpty();
      assertThat(export.architecture().toString()).contains("\"unroll\": false");
    }
  }

  /** Keras 3 would hand on other masks to what counts by them. */
  @ParameterizedTest
  @CsvSource({
    "recurrent/lstm_masked_encoder_decoder_keras2, NotEqual",
    "recurrent/mask_add_one_keras2, NotEqual",
    "recurrent/mask_concatenate_keras2, LogicalAnd",
    "recurrent/rnn_masked_first_state_keras2, Any",
    "recurrent/mask_multiply_one_keras2, Copy",
  })
  void masksAsArguments(String name, String function) {
    try (Model model = open(name)) {
      KerasExportOptions options = KerasExportOptions.of(Container.ZIP);
      assertThat(Models.problems(model, options))
          .noneMatch(problem -> problem.severity() == Severity.ERROR);
      assertThat(KerasExporter.of(model, options).architecture().toString())
          .contains("\"class_name\": \"" + function + "\"")
          .contains("\"mask\": {");
    }
  }

  /** Names that Keras 3 gives to operations, and those that TensorFlow has no scopes for. */
  @ParameterizedTest
  @CsvSource({
    "recurrent/mask_concatenate_steps_keras2, KERAS_3, '\"concatenate_layer\"', '\"concatenate\"'",
    "models/odd_names_keras3, KERAS_2, '\"block_1__conv\"', '\"block 1: conv\"'",
  })
  void renamed(String name, KerasGeneration generation, String other, String own) {
    try (Model model = open(name)) {
      KerasExporter export =
          KerasExporter.of(model, KerasExportOptions.of(Container.HDF5).withGeneration(generation));
      assertThat(export.architecture().toString()).contains(other).doesNotContain(own);
    }
  }

  /** Keras 2 would train where a call says so, and mask nothing where it says that. */
  @ParameterizedTest
  @CsvSource({
    "preprocessing/random_zoom_keras3, '\"training\"'",
    "models/mask_from_outside_keras3, '\"mask\": null'",
  })
  void leftToTheCaller(String name, String argument) {
    try (Model model = open(name)) {
      KerasExporter export = KerasExporter.of(model, tfKeras());
      assertThat(export.architecture().toString()).doesNotContain(argument);
    }
  }

  private static KerasExportOptions tfKeras() {
    return KerasExportOptions.of(Container.HDF5).withGeneration(KerasGeneration.KERAS_2);
  }

  private static Model open(String name) {
    Path zip = CASES.resolve(name).resolve("model.keras");
    return Models.open(Files.exists(zip) ? zip : CASES.resolve(name).resolve("model.h5"));
  }
}
