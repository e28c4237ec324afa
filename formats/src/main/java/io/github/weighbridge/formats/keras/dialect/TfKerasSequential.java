package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A Sequential's configuration was the bare list of its layers until Keras 2.2.2. A Sequential
 * within such a list has no name at all: Keras gives it one when it reads it, and so it is here.
 */
final class TfKerasSequential {

  private static final String NAME = "sequential";

  private TfKerasSequential() {}

  static Tree.Obj toKeras3(Tree.Obj layer) {
    Tree.Obj lifted =
        layer
            .get("config")
            .filter(Tree::isArray)
            .map(layers -> layer.with("config", config(layer, layers)))
            .orElse(layer);
    Tree.Obj config = lifted.object("config").orElse(Tree.object());
    return LayerWalk.isNetwork(config)
        ? lifted.with("config", config.with("layers", named(config.items("layers"))))
        : lifted;
  }

  private static Tree.Obj config(Tree.Obj layer, Tree layers) {
    return Tree.object()
        .with("name", Tree.of(layer.text("name").orElse(NAME)))
        .with("layers", layers);
  }

  /** The layers of one model; those without a name get one that no other has. */
  private static Tree named(List<Tree> layers) {
    Set<String> names = new HashSet<>();
    layers.forEach(layer -> layer.asObject().map(LayerWalk::name).ifPresent(names::add));
    List<Tree> named = new ArrayList<>();
    int count = 0;
    for (Tree item : layers) {
      Tree.Obj layer = item.asObject().filter(TfKerasSequential::isNameless).orElse(null);
      if (layer == null) {
        named.add(item);
        continue;
      }
      String name = NAME;
      while (!names.add(name)) {
        count++;
        name = NAME + "_" + count;
      }
      named.add(layer.with("name", Tree.of(name)));
    }
    return Tree.of(named);
  }

  private static boolean isNameless(Tree.Obj layer) {
    return layer.get("config").filter(Tree::isArray).isPresent() && layer.text("name").isEmpty();
  }
}
