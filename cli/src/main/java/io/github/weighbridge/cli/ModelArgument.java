package io.github.weighbridge.cli;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The model that a command works on, and how it is read. */
final class ModelArgument {

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "A Keras model: .h5, .keras, an unzipped .keras folder, or an architecture (.json, .yaml)"
              + " with --weights.")
  private Path model;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Weights that stand in a file of their own: .h5, .weights.h5, .weights.json beside its"
              + " shards, .npz, or another model's. Beside a whole model they replace its own.")
  private @Nullable Path weights;

  @Option(
      names = "--by-name",
      description =
          "Match the weights of --weights to layers by name only. Layers that the file lacks keep"
              + " the weights of the model's own file; what no layer of the model takes is left"
              + " out. Both are told.")
  private boolean byName;

  @Option(
      names = "--skip-mismatch",
      description =
          "Leave out weights of --weights that have another shape than the model's own, which"
              + " stay. Each is told.")
  private boolean skipMismatch;

  @Mixin private ReadingOptions reading;

  @Spec(Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec;

  Model open() {
    if (weights == null && (byName || skipMismatch)) {
      throw new ParameterException(
          spec.commandLine(), "--by-name and --skip-mismatch say how --weights FILE is matched");
    }
    KerasImportOptions options =
        reading.options().withByName(byName).withSkipMismatch(skipMismatch);
    return weights == null ? Models.open(model, options) : Models.open(model, weights, options);
  }
}
