package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;

/** A Sequential's configuration was the bare list of its layers until Keras 2.2.2. */
final class TfKerasSequential {

  private TfKerasSequential() {}

  static Tree.Obj toKeras3(Tree.Obj layer) {
    return layer
        .get("config")
        .filter(Tree::isArray)
        .map(
            layers ->
                layer.with(
                    "config",
                    Tree.object().with("name", Tree.of("sequential")).with("layers", layers)))
        .orElse(layer);
  }
}
