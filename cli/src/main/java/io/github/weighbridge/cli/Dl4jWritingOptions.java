package io.github.weighbridge.cli;

import io.github.weighbridge.exporter.dl4j.Dl4jOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a zip for DL4J is written. */
final class Dl4jWritingOptions {

  @Option(
      names = "--dl4j-kind",
      paramLabel = "KIND",
      description =
          "Which network of DL4J a .zip is: ${COMPLETION-CANDIDATES}; auto is a multi-layer network"
              + " for a Sequential model that is a chain of DL4J layers.")
  private Dl4jOptions.@Nullable Kind kind;

  @Option(
      names = "--dl4j-layout",
      paramLabel = "LAYOUT",
      description =
          "How the images and sequences lie that a .zip takes and gives: ${COMPLETION-CANDIDATES};"
              + " keras has them as the model, classic as [batch, channels, height, width] and"
              + " [batch, features, steps]; auto is keras, but a zip of DL4J stays as it was.")
  private Dl4jOptions.@Nullable Layout layout;

  @Option(
      names = "--deflate",
      description =
          "Compress the entries of a .zip for DL4J; they are stored otherwise, which reads faster.")
  private boolean deflate;

  @Option(
      names = "--carry-objects",
      description =
          "Carry the entries of a DL4J zip that may hold Java objects (objects/*, preprocessor.bin)"
              + " into the new one, byte by byte; they are left out otherwise. Nothing here reads"
              + " them, but DL4J makes the objects: carry those only that you trust.")
  private boolean carryObjects;

  /** The first option that was given, if any was. */
  Optional<String> given() {
    if (kind != null) {
      return Optional.of("--dl4j-kind");
    }
    if (layout != null) {
      return Optional.of("--dl4j-layout");
    }
    return deflate
        ? Optional.of("--deflate")
        : carryObjects ? Optional.of("--carry-objects") : Optional.empty();
  }

  Dl4jOptions options() {
    Dl4jOptions options =
        Dl4jOptions.DEFAULTS.withDeflates(deflate).withCarriesObjects(carryObjects);
    Dl4jOptions laidOut = layout == null ? options : options.withLayout(layout);
    return kind == null ? laidOut : laidOut.withKind(kind);
  }
}
