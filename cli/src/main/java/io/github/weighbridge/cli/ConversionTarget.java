package io.github.weighbridge.cli;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.api.TargetFormat;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.exporter.dl4j.Dl4jOptions;
import io.github.weighbridge.exporter.keras.KerasExportOptions;
import io.github.weighbridge.exporter.onnx.OnnxOptions;
import io.github.weighbridge.formats.keras.KerasGeneration;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code convert} writes a model as. */
interface ConversionTarget {

  /** Writes a model; what the user should know is returned. */
  List<Problem> write(Model model, Path file);

  /**
   * A format with the options that were given for it.
   *
   * @throws IllegalArgumentException if they do not fit, saying why
   */
  static ConversionTarget of(
      TargetFormat format,
      @Nullable Integer opset,
      @Nullable Integer kerasVersion,
      boolean acceptDifferences,
      Dl4jOptions dl4j) {
    if (format == TargetFormat.DL4J) {
      return (model, file) -> Models.write(model, file, dl4j);
    }
    if (opset != null) {
      OnnxOptions options = OnnxOptions.DEFAULTS.withOpset(opset);
      return (model, file) -> Models.write(model, file, options);
    }
    if (format == TargetFormat.ONNX) {
      return (model, file) -> Models.write(model, file, format);
    }
    KerasExportOptions options =
        KerasExportOptions.of(Models.container(format)).withAcceptsDifferences(acceptDifferences);
    KerasExportOptions own =
        kerasVersion == null ? options : options.withGeneration(generation(kerasVersion));
    return (model, file) -> Models.write(model, file, own);
  }

  /**
   * The generation of Keras that a version number stands for.
   *
   * @throws IllegalArgumentException if none is written
   */
  static KerasGeneration generation(int version) {
    return switch (version) {
      case 2 -> KerasGeneration.KERAS_2;
      case 3 -> KerasGeneration.KERAS_3;
      default -> throw new IllegalArgumentException("--keras-version is 2 or 3, not " + version);
    };
  }
}
