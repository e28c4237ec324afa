package io.github.weighbridge.cli;

import io.github.weighbridge.formats.keras.dialect.ImageDimOrdering;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import io.github.weighbridge.importer.keras.KerasImportOptions.TheanoKernels;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What models do not say themselves, and custom layers. */
final class ReadingOptions {

  @Option(
      names = "--allow-key",
      paramLabel = "KEY",
      description = "Let a configuration key through though its meaning is not known here.")
  private Set<String> allowedKeys = new TreeSet<>();

  @Option(
      names = "--image-dim-ordering",
      paramLabel = "tf|th",
      description =
          "Where the channels of images stand in a model of Keras 1 that does not say it: last (tf,"
              + " unless given) or first (th).")
  private ImageDimOrdering imageDimOrdering = ImageDimOrdering.TF;

  @Option(
      names = "--theano-kernels",
      paramLabel = "auto|yes|no",
      description =
          "Whether the kernels of convolutions are Theano's, which turns them round: as the file"
              + " says (auto, unless given), yes or no.")
  private TheanoKernels theanoKernels = TheanoKernels.AUTO;

  @Mixin private Plugins plugins;

  KerasImportOptions options() {
    return plugins
        .options()
        .withAllowedKeys(allowedKeys)
        .withImageDimOrdering(imageDimOrdering)
        .withTheanoKernels(theanoKernels);
  }
}
