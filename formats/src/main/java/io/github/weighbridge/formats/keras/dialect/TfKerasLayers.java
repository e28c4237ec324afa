package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configuration keys that tf.keras names otherwise, and values that mean something else there. */
final class TfKerasLayers {

  /** Keras up to 2.15 computes hard_sigmoid as clip(0.2 x + 0.5), Keras 3 as clip(x / 6 + 0.5). */
  static final Tree HARD_SIGMOID =
      Tree.of(Map.of("name", "hard_sigmoid", "slope", 0.2, "offset", 0.5));

  private TfKerasLayers() {}

  /** The layers of tf.keras that only cuDNN could run, by what they are otherwise. */
  private static final Map<String, String> CUDNN = Map.of("CuDNNLSTM", "LSTM", "CuDNNGRU", "GRU");

  static Tree.Obj toKeras3(Tree.Obj written) {
    Tree.Obj layer = plain(written);
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
          case "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D" ->
              config
                  .withDefault("masked_with_state", Tree.of(true))
                  .withDefault("zeroes_masked", Tree.of(false));
          // The key came with 2.1.4, the default was false until TensorFlow 2.
          case "GRUCell" -> config.withDefault("reset_after", Tree.of(false));
          case "GRU", "GRUV1", "GRUV2" ->
              config
                  .withDefault("reset_after", Tree.of(false))
                  .withDefault("masked_with_state", Tree.of(true));
          // Keras 3 leaves a mask out beside a first state, up to 2.15 it counts.
          case "LSTM", "LSTMV1", "LSTMV2", "SimpleRNN", "RNN" ->
              config.withDefault("masked_with_state", Tree.of(true));
          case "Bidirectional" -> BidirectionalLayers.ofTfKeras(config);
          // Keras 3 counts a step that any input counts, up to 2.15 all inputs had to.
          case "Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract" ->
              config.withDefault("mask_rule", Tree.of("all"));
          // Keras 3 hands a mask on, up to 2.15 it ends here.
          case "Normalization", "Rescaling" -> config.withDefault("passes_mask", Tree.of(false));
          case "CategoryEncoding" -> config.withDefault("in_compute_type", Tree.of(true));
          // Keras 3 gives indices and counts as int64, whatever the policy.
          case "IntegerLookup", "StringLookup" -> VocabularyLayers.ofTfKeras(config);
          case "TextVectorization" -> VocabularyLayers.textOfTfKeras(config);
          case "RandomCrop" -> config.withDefault("resizes", Tree.of(true));
          case "LayerNormalization", "GroupNormalization" ->
              config.withDefault("casts_input", Tree.of(true));
          // What interpolates gives float32, whatever it is given.
          case "UpSampling2D" -> config.withDefault("keeps_type", Tree.of(false));
          case "Resizing" -> config.withDefault("keeps_integers", Tree.of(false));
          case "SpectralNormalization" -> config.withDefault("casts_output", Tree.of(false));
          case "TimeDistributed" -> config.withDefault("masks_within", Tree.of(true));
          case "MultiHeadAttention" ->
              config
                  .withDefault("zero_masked", Tree.of(false))
                  .withDefault("keeps_cast_mask", Tree.of(false));
          case "Identity" -> config.withDefault("passes_mask", Tree.of(false));
          // TensorFlow's l2_normalize keeps 1e-12 below the root.
          case "Dot", "UnitNormalization" -> config.withDefault("shortest", Tree.of(1e-6));
          case "Softmax" -> config.withDefault("zero_masked", Tree.of(false));
          default ->
              ImageLayers.isAugmentation(className)
                  ? config.withDefault("casts_integers", Tree.of(true))
                  : config;
        };
    return layer.with("config", config);
  }

  /** Whether some layer of a model, at any depth, is one that only cuDNN could run. */
  static boolean holdsCudnn(Tree tree) {
    if (tree instanceof Tree.Obj object) {
      return object.text("class_name").filter(CUDNN::containsKey).isPresent()
          || object.members().values().stream().anyMatch(TfKerasLayers::holdsCudnn);
    }
    return tree.isArray() && tree.items().stream().anyMatch(TfKerasLayers::holdsCudnn);
  }

  /** CuDNNLSTM and CuDNNGRU name the functions that cuDNN has, AddLoss hands its input on. */
  private static Tree.Obj plain(Tree.Obj layer) {
    String className = layer.text("class_name").orElse("");
    if (className.equals("AddLoss") || className.equals("AddMetric")) {
      return untrained(layer);
    }
    Optional<Tree.Obj> config = layer.object("config");
    if (!CUDNN.containsKey(className) || config.isEmpty()) {
      return layer;
    }
    Tree.Obj filled =
        config
            .get()
            .withDefault("activation", Tree.of("tanh"))
            .withDefault("recurrent_activation", Tree.of("sigmoid"))
            .withDefault("use_bias", Tree.of(true))
            .withDefault("unit_forget_bias", Tree.of(true))
            .withDefault("reset_after", Tree.of(true));
    return layer
        .with("class_name", Tree.of(CUDNN.getOrDefault(className, className)))
        .with("file_class", Tree.of(className))
        .with(
            "config",
            className.equals("CuDNNLSTM")
                ? filled.without("reset_after")
                : filled.without("unit_forget_bias"));
  }

  /** Layers that add to losses and metrics only. */
  private static Tree.Obj untrained(Tree.Obj layer) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    for (String key : List.of("aggregation", "metric_name", "unconditional")) {
      config = config.without(key);
    }
    return layer
        .with("class_name", Tree.of("Identity"))
        .with("file_class", layer.get("class_name").orElse(Tree.none()))
        .with("config", config);
  }
}
