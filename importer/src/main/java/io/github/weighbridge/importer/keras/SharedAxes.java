package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.formats.keras.KerasWeights;
import io.github.weighbridge.formats.keras.NamedWeight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The axes along which PReLU, SReLU and ParametricSoftplus of Keras 1 share their weights. Their
 * configurations leave them out; the weights have the size 1 there.
 */
final class SharedAxes {

  private static final Set<String> LAYERS = Set.of("PReLU", "SReLU", "ParametricSoftplus");

  private SharedAxes() {}

  /** A model whose layers of these classes say which axes they share. */
  static Tree.Obj written(Tree.Obj model, KerasWeights weights) {
    return weights instanceof KerasWeights.ByLayer byLayer
        ? (Tree.Obj) written((Tree) model, byLayer)
        : model;
  }

  private static Tree written(Tree tree, KerasWeights.ByLayer weights) {
    if (tree.isArray()) {
      return Tree.of(tree.items().stream().map(item -> written(item, weights)).toList());
    }
    if (!(tree instanceof Tree.Obj object)) {
      return tree;
    }
    Map<String, Tree> members = new LinkedHashMap<>();
    object.members().forEach((key, value) -> members.put(key, written(value, weights)));
    Tree.Obj copy = (Tree.Obj) Tree.of(members).movedTo(object.pointer());
    Optional<Tree.Obj> config = copy.object("config");
    if (config.isEmpty() || !LAYERS.contains(copy.text("class_name").orElse(""))) {
      return copy;
    }
    Optional<List<Integer>> shared = shared(config.get().text("name").orElse(""), weights);
    return shared.isEmpty()
        ? copy
        : copy.with("config", config.get().withDefault("shared_axes", Tree.of(shared.get())));
  }

  /** Axes of size 1 of a layer's first weight, the batch being axis 0. */
  private static Optional<List<Integer>> shared(String layer, KerasWeights.ByLayer weights) {
    return weights.layers().stream()
        .flatMap(stored -> stored.weights().stream())
        .filter(weight -> weight.name().startsWith(layer + "_"))
        .findFirst()
        .map(NamedWeight::weight)
        .map(
            weight -> {
              List<Integer> axes = new ArrayList<>();
              for (int i = 0; i < weight.sizes().length; i++) {
                if (weight.sizes()[i] == 1) {
                  axes.add(i + 1);
                }
              }
              return axes;
            });
  }
}
