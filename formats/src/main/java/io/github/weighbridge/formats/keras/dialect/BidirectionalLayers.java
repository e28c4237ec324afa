package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;

/**
 * The two layers of a Bidirectional. Files say {@code layer}; {@code backward_layer} stands in
 * Keras 3, and in tf.keras where the user gave one. Otherwise it is the first with {@code
 * go_backwards} turned round.
 */
final class BidirectionalLayers {

  private BidirectionalLayers() {}

  static Tree.Obj toCanonical(Tree.Obj config) {
    Tree.Obj renamed =
        config
            .renamed("layer", "forward_layer")
            .withDefault("merge_mode", Tree.of("concat"))
            .withDefault("zeroes_masked", Tree.of(true))
            .withDefault("masked_with_state", Tree.of(false));
    Tree.Obj forward = renamed.object("forward_layer").orElse(null);
    if (forward == null || renamed.get("backward_layer").filter(b -> !b.isNull()).isPresent()) {
      return renamed;
    }
    Tree.Obj inner = forward.object("config").orElse(Tree.object());
    boolean backwards = inner.get("go_backwards").flatMap(Tree::asBoolean).orElse(false);
    String name = LayerWalk.name(forward).replaceFirst("^forward_", "");
    Tree.Obj backward =
        named(
            forward.with("config", inner.with("go_backwards", Tree.of(!backwards))),
            "backward_" + name);
    return renamed
        .with("forward_layer", named(forward, "forward_" + name))
        .with("backward_layer", backward);
  }

  /**
   * As tf.keras has it since TensorFlow 1.14, which one sees by {@code time_major}: masked steps of
   * sequences are zero. TensorFlow 1.13 wrote into the inner layer that they are, sequences or not;
   * Keras of several backends did nothing of the kind.
   */
  static Tree.Obj ofTfKeras(Tree.Obj config) {
    Tree.Obj inner =
        config
            .object("layer")
            .or(() -> config.object("forward_layer"))
            .flatMap(layer -> layer.object("config"))
            .orElse(Tree.object());
    boolean written = inner.get("zero_output_for_mask").flatMap(Tree::asBoolean).orElse(false);
    return config
        .withDefault("zeroes_masked", Tree.of(inner.has("time_major") && !written))
        .withDefault("masked_with_state", Tree.of(true));
  }

  private static Tree.Obj named(Tree.Obj layer, String name) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    return layer.with("name", Tree.of(name)).with("config", config.with("name", Tree.of(name)));
  }
}
