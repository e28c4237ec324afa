package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;

/**
 * Marks functions of {@code keras.ops} among the layers of Keras 3. They share class names with
 * layers (Add, Reshape...): in {@code .keras} files the module tells them apart; {@code .h5} files
 * have none, there every layer but an input says {@code trainable} and functions do not.
 */
final class Keras3Operations {

  private Keras3Operations() {}

  static Tree.Obj toCanonical(Tree.Obj layer) {
    if (!isOperation(layer)) {
      return layer;
    }
    Tree.Obj written = Tree.object();
    for (String key : java.util.List.of("module", "class_name", "registered_name")) {
      if (layer.has(key)) {
        written = written.with(key, layer.get(key).orElse(Tree.none()));
      }
    }
    return layer.with("operation", Tree.of(true)).with("written", written);
  }

  /** Whether a layer names a module of functions. */
  static boolean isOfOps(Tree.Obj layer) {
    return layer.text("module").filter(m -> m.contains(ClassKeys.OPERATIONS)).isPresent();
  }

  private static boolean isOperation(Tree.Obj layer) {
    if (layer.text("module").isPresent()) {
      return isOfOps(layer);
    }
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    return layer.has("inbound_nodes")
        && !config.has("trainable")
        && !config.has("layers")
        && !config.has("batch_shape")
        // Discretization, Pipeline and SpatialDropout forget the key.
        && !config.has("bin_boundaries")
        && !config.has("pipeline_layers")
        && !config.has("rate");
  }
}
