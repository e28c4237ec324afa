package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Dropout;
import io.github.weighbridge.core.layer.GaussianNoise;
import io.github.weighbridge.core.layer.Layer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a layer drops of its input in training; DL4J counts what is kept, Keras what is dropped. */
final class DropoutReader {

  private DropoutReader() {}

  /** The input with the dropout of a layer's configuration before it. */
  static Signal input(VertexReading vertex, String suffix) {
    Optional<ConfigObject> dropout = vertex.config().optionalObject("idropout");
    if (dropout.isEmpty()) {
      return vertex.input();
    }
    Signal input = vertex.input();
    Layer layer = layer(dropout.get(), input);
    return new Signal(vertex.call(suffix, layer, input.value()), input.view());
  }

  private static Layer layer(ConfigObject dropout, Signal input) {
    return switch (dropout.simpleClass()) {
      case "Dropout" -> dropout(Dropout.Kind.PLAIN, dropped(dropout), null);
      case "AlphaDropout" -> dropout(Dropout.Kind.ALPHA, dropped(dropout), null);
      case "GaussianDropout" -> dropout(Dropout.Kind.GAUSSIAN, dropout.number("rate"), null);
      case "GaussianNoise" -> new GaussianNoise(dropout.number("stddev"), null);
      case "SpatialDropout" -> spatial(dropout, input);
      default ->
          throw dropout.unsupported(Dl4jVertex.CLASS, "must be a dropout that is known here");
    };
  }

  private static Layer spatial(ConfigObject dropout, Signal input) {
    Dropout.Kind kind =
        switch (input.rank()) {
          case 3 -> Dropout.Kind.SPATIAL_1D;
          case 4 -> Dropout.Kind.SPATIAL_2D;
          case 5 -> Dropout.Kind.SPATIAL_3D;
          default -> Dropout.Kind.PLAIN;
        };
    // One-dimensional dropout has no data format in Keras.
    boolean plain = kind == Dropout.Kind.PLAIN || kind == Dropout.Kind.SPATIAL_1D;
    DataFormat format =
        input.view() == Signal.View.FEATURES_FIRST
            ? DataFormat.CHANNELS_LAST
            : DataFormat.CHANNELS_FIRST;
    return dropout(kind, dropped(dropout), plain ? null : format);
  }

  private static double dropped(ConfigObject dropout) {
    double kept = dropout.number("p");
    // 0 is none, as is 1.
    return kept == 0 || Double.isNaN(kept) ? 0 : 1 - kept;
  }

  private static Dropout dropout(Dropout.Kind kind, double rate, @Nullable DataFormat format) {
    return new Dropout(kind, rate, null, null, format);
  }
}
