package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.Map;
import java.util.Optional;

/** Configuration keys that tf.keras names otherwise, and values that mean something else there. */
final class TfKerasLayers {

  /** Keras up to 2.15 computes hard_sigmoid as clip(0.2 x + 0.5), Keras 3 as clip(x / 6 + 0.5). */
  private static final Tree HARD_SIGMOID =
      Tree.of(Map.of("name", "hard_sigmoid", "slope", 0.2, "offset", 0.5));

  private TfKerasLayers() {}

  static Tree.Obj toKeras3(Tree.Obj layer) {
    Optional<Tree.Obj> found = layer.object("config");
    if (found.isEmpty() || layer.has("operation")) {
      return layer;
    }
    Tree.Obj config = found.get();
    for (String key : Activations.KEYS) {
      Optional<Tree> activation = config.get(key).map(Activations::toCanonical);
      if (activation.flatMap(Tree::asText).filter("hard_sigmoid"::equals).isPresent()) {
        config = config.with(key, HARD_SIGMOID);
      }
    }
    String className = layer.text("class_name").orElse("");
    config =
        switch (className) {
          case "InputLayer" -> config.renamed("batch_input_shape", "batch_shape");
          case "LeakyReLU" -> config.renamed("alpha", "negative_slope");
          // The key came with 2.1.4, the default was false until TensorFlow 2.
          case "GRU", "GRUV1", "GRUV2" ->
              config
                  .withDefault("reset_after", Tree.of(false))
                  .withDefault("masked_with_state", Tree.of(true));
          // Keras 3 leaves a mask out beside a first state, up to 2.15 it counts.
          case "LSTM", "LSTMV1", "LSTMV2", "SimpleRNN", "Bidirectional" ->
              config.withDefault("masked_with_state", Tree.of(true));
          // Keras 3 counts a step that any input counts, up to 2.15 all inputs had to.
          case "Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract" ->
              config.withDefault("mask_rule", Tree.of("all"));
          // Keras 3 hands a mask on, up to 2.15 it ends here.
          case "Normalization", "Rescaling" -> config.withDefault("passes_mask", Tree.of(false));
          case "RandomCrop" -> config.withDefault("resizes", Tree.of(true));
          case "Resizing" -> config.withDefault("keeps_integers", Tree.of(false));
          case "TimeDistributed" -> config.withDefault("masks_within", Tree.of(true));
          case "Softmax" -> config.withDefault("zero_masked", Tree.of(false));
          default ->
              ImageLayers.isAugmentation(className)
                  ? config.withDefault("casts_integers", Tree.of(true))
                  : config;
        };
    return layer.with("config", config);
  }
}
