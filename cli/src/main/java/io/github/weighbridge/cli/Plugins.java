package io.github.weighbridge.cli;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.lowering.CustomLayers;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The jars with custom layers that a command is given: by its user, never by a model. */
final class Plugins {

  @Spec(Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--plugin",
      paramLabel = "JAR",
      description =
          "A jar with custom layers (docs/custom-layers.md). Its code is run: name only jars that"
              + " you trust.")
  private List<Path> jars = new ArrayList<>();

  private @Nullable CustomLayers layers;

  /** Options of reading that know the layers of the jars and of the class path. */
  KerasImportOptions options() {
    if (layers == null) {
      layers = load();
    }
    return KerasImportOptions.DEFAULTS.withCustomLayers(layers);
  }

  /** The class loader stays open: classes of layers are loaded while models are read. */
  private CustomLayers load() {
    URL[] urls = jars.stream().map(this::url).toArray(URL[]::new);
    try {
      return Models.customLayers(new URLClassLoader(urls, Plugins.class.getClassLoader()));
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new ParameterException(
          spec.commandLine(), "--plugin: custom layers cannot be loaded: " + e.getMessage(), e);
    }
  }

  private URL url(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new ParameterException(spec.commandLine(), "--plugin: no file '" + jar + "'");
    }
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new ParameterException(spec.commandLine(), "--plugin: no file '" + jar + "'", e);
    }
  }
}
