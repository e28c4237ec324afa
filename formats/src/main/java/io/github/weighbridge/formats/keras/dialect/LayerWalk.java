package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Applies rules to every layer of a model: the layers of nested models and wrappers included. */
final class LayerWalk {

  /** Keys of a configuration under which wrappers keep their inner layers. */
  private static final List<String> INNER =
      List.of("layer", "forward_layer", "backward_layer", "cell");

  /** Keys under which they keep lists of them. */
  private static final List<String> INNER_LISTS = List.of("cells", "pipeline_layers");

  private LayerWalk() {}

  /** A layer after a rule, which is applied after the inner layers are visited. */
  static Tree.Obj apply(Tree.Obj layer, UnaryOperator<Tree.Obj> inward) {
    return apply(layer, List.of(), List.of(inward));
  }

  /**
   * A layer after the rules.
   *
   * @param outward applied before the inner layers are visited
   * @param inward applied after it
   */
  static Tree.Obj apply(
      Tree.Obj layer, List<UnaryOperator<Tree.Obj>> outward, List<UnaryOperator<Tree.Obj>> inward) {
    Tree.Obj changed = layer;
    for (UnaryOperator<Tree.Obj> rule : outward) {
      changed = rule.apply(changed);
    }
    Optional<Tree.Obj> found = changed.object("config");
    if (found.isPresent()) {
      changed = changed.with("config", inner(found.get(), outward, inward));
    }
    for (UnaryOperator<Tree.Obj> rule : inward) {
      changed = rule.apply(changed);
    }
    return changed;
  }

  private static Tree.Obj inner(
      Tree.Obj config,
      List<UnaryOperator<Tree.Obj>> outward,
      List<UnaryOperator<Tree.Obj>> inward) {
    Tree.Obj changed = config;
    if (isNetwork(config)) {
      changed = changed.with("layers", list(config.items("layers"), outward, inward));
    }
    for (String key : INNER_LISTS) {
      if (config.get(key).filter(Tree::isArray).isPresent()) {
        changed = changed.with(key, list(config.items(key), outward, inward));
      }
    }
    for (String key : INNER) {
      Optional<Tree.Obj> layer = config.object(key).filter(l -> l.has("class_name"));
      if (layer.isPresent()) {
        changed = changed.with(key, apply(layer.get(), outward, inward));
      }
    }
    return changed;
  }

  private static Tree list(
      List<Tree> items,
      List<UnaryOperator<Tree.Obj>> outward,
      List<UnaryOperator<Tree.Obj>> inward) {
    List<Tree> layers = new ArrayList<>();
    for (Tree layer : items) {
      boolean known = layer.asObject().filter(l -> l.has("class_name")).isPresent();
      layers.add(
          known && layer instanceof Tree.Obj object ? apply(object, outward, inward) : layer);
    }
    return Tree.of(layers);
  }

  /** Whether a configuration is that of a model. */
  static boolean isNetwork(Tree.Obj config) {
    return config.get("layers").filter(Tree::isArray).isPresent();
  }

  /** The layers of a model's configuration. */
  static List<Tree.Obj> layers(Tree.Obj config) {
    return config.items("layers").stream().flatMap(l -> l.asObject().stream()).toList();
  }

  /** The name of a layer: its own or that of its configuration. */
  static String name(Tree.Obj layer) {
    return layer
        .text("name")
        .or(() -> layer.object("config").flatMap(c -> c.text("name")))
        .orElse("");
  }

  /** Whether some layer's configuration has a key. */
  static boolean contains(Tree.Obj layer, String key) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    return config.has(key) || layers(config).stream().anyMatch(l -> contains(l, key));
  }
}
