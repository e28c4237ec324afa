package io.github.weighbridge.cli;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model that a command works on, and how it is read. */
final class ModelArgument {

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A Keras model: .h5, .keras, or an unzipped .keras folder.")
  private Path model;

  @Option(
      names = "--allow-key",
      paramLabel = "KEY",
      description = "Let a configuration key through though its meaning is not known here.")
  private Set<String> allowedKeys = new TreeSet<>();

  Path path() {
    return model;
  }

  Model open() {
    return Models.open(model, KerasImportOptions.DEFAULTS.withAllowedKeys(allowedKeys));
  }
}
