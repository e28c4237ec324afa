package io.github.weighbridge.cli;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import io.github.weighbridge.importer.keras.KerasImportOptions.TheanoKernels;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

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
      description = "Weights that stand in a file of their own.")
  private @Nullable Path weights;

  @Option(
      names = "--allow-key",
      paramLabel = "KEY",
      description = "Let a configuration key through though its meaning is not known here.")
  private Set<String> allowedKeys = new TreeSet<>();

  @Option(
      names = "--image-dim-ordering",
      paramLabel = "tf|th",
      converter = ImageDimOrdering.class,
      description =
          "Where the channels of images stand in a model of Keras 1 that does not say it: last (tf,"
              + " unless given) or first (th).")
  private DataFormat imageDimOrdering = DataFormat.CHANNELS_LAST;

  @Option(
      names = "--theano-kernels",
      paramLabel = "auto|yes|no",
      description =
          "Whether the kernels of convolutions are Theano's, which turns them round: as the file"
              + " says (auto, unless given), yes or no.")
  private TheanoKernels theanoKernels = TheanoKernels.AUTO;

  @Mixin private Plugins plugins;

  /** Keras 1's names for the two orders. */
  static final class ImageDimOrdering implements ITypeConverter<DataFormat> {
    @Override
    public DataFormat convert(String value) {
      return switch (value) {
        case "tf" -> DataFormat.CHANNELS_LAST;
        case "th" -> DataFormat.CHANNELS_FIRST;
        default -> throw new TypeConversionException("must be tf or th, found '" + value + "'");
      };
    }
  }

  Model open() {
    KerasImportOptions options =
        plugins
            .options()
            .withAllowedKeys(allowedKeys)
            .withImageDimOrdering(imageDimOrdering)
            .withTheanoKernels(theanoKernels);
    return weights == null ? Models.open(model, options) : Models.open(model, weights, options);
  }
}
