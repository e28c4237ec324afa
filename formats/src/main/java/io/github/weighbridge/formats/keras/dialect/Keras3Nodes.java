package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.List;

/** Keras 3's functional models: nodes are canonical but for the ends and the counting of calls. */
final class Keras3Nodes {

  private Keras3Nodes() {}

  static Tree.Obj toCanonical(Tree.Obj layer) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    if (!LayerWalk.isNetwork(config) || !config.has("output_layers")) {
      return layer;
    }
    Tree.Obj changed = config;
    for (String end : List.of("input_layers", "output_layers")) {
      changed = changed.with(end, TensorReference.ends(config.get(end).orElse(Tree.none())));
    }
    return layer.with(
        "config", CallIndexes.fromZero(changed, nested -> false, Keras3Nodes::isFunctional));
  }

  private static boolean isFunctional(Tree.Obj nested) {
    return nested.object("config").filter(c -> c.has("input_layers")).isPresent();
  }
}
