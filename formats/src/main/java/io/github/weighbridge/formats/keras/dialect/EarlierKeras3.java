package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What earlier versions of Keras 3 compute otherwise than 3.15, where only their number tells it.
 * keras_core, their prerelease, counts as 0.1.
 *
 * <p>Up to 3.12 files do not say {@code output_padding}: what they are read as is what their own
 * Keras makes of them.
 */
final class EarlierKeras3 {

  private EarlierKeras3() {}

  /** The rule for what a version wrote; nothing where it computes as 3.15 does. */
  static Optional<UnaryOperator<Tree.Obj>> of(String version) {
    return KerasVersion.of(version)
        .filter(v -> v.isBefore(3, 10, 0))
        .map(v -> layer -> toCanonical(layer, v));
  }

  private static Tree.Obj toCanonical(Tree.Obj layer, KerasVersion version) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    if (Keras3Operations.isOfOps(layer)) {
      return layer;
    }
    Tree.Obj own =
        switch (layer.text("class_name").orElse("")) {
          // Masks ended at layers of several inputs.
          case "Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract" ->
              version.isBefore(3, 4, 0) ? config.withDefault("mask_rule", Tree.of("none")) : config;
          case "UnitNormalization" ->
              version.isBefore(3, 6, 0) ? config.withDefault("shortest", Tree.of(1e-6)) : config;
          case "RandomCrop" -> version.isBefore(3, 8, 0) ? randomCrop(config, version) : config;
          // Where a mask hid everything, proportions were no zeros.
          case "Softmax", "MultiHeadAttention", "GroupedQueryAttention", "GroupQueryAttention" ->
              version.isBefore(3, 10, 0)
                  ? config.withDefault("zero_masked", Tree.of(false))
                  : config;
          case "LayerNormalization" ->
              version.isBefore(3, 6, 0) ? config.withDefault("casts_input", Tree.of(true)) : config;
          default -> config;
        };
    return own.equals(config) ? layer : layer.with("config", own);
  }

  /** Predictions resized: the middle as Keras 2 does, in 3.6 and 3.7 a cut from its corner. */
  private static Tree.Obj randomCrop(Tree.Obj config, KerasVersion version) {
    return config
        .withDefault("resizes", Tree.of(true))
        .withDefault("cuts_before", Tree.of(!version.isBefore(3, 6, 0)));
  }
}
