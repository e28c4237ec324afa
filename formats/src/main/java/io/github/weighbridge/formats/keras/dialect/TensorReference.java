package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** References to what a layer returned, as they stand in graphs. */
final class TensorReference {

  private static final String CLASS = "__keras_tensor__";

  private TensorReference() {}

  /** Whether a tree is {@code [layer, call, output]}, with a layer of these names. */
  static boolean isTriple(Tree tree, Set<String> layers) {
    return isTriple(tree) && tree.items().get(0).asText().filter(layers::contains).isPresent();
  }

  /** Whether a tree has the form {@code [layer, call, output]}, whatever the layer. */
  static boolean isTriple(Tree tree) {
    List<Tree> items = tree.items();
    return items.size() == 3
        && items.get(0).asText().isPresent()
        && items.get(1).asLong().isPresent()
        && items.get(2).asLong().isPresent();
  }

  /** The reference of a list that begins with layer, call and output. */
  static Tree of(List<Tree> triple) {
    return Tree.of(
        Map.of("class_name", CLASS, "config", Map.of("keras_history", triple.subList(0, 3))));
  }

  /** Whether a tree is a reference. */
  static boolean isReference(Tree tree) {
    return tree instanceof Tree.Obj object
        && object.text("class_name").filter(CLASS::equals).isPresent();
  }

  /** Whether a tree is a reference or has one in it. */
  static boolean isWithin(Tree tree) {
    if (tree instanceof Tree.Obj object && !isReference(tree)) {
      return object.members().values().stream().anyMatch(TensorReference::isWithin);
    }
    return isReference(tree) || tree.items().stream().anyMatch(TensorReference::isWithin);
  }

  /** Layer, call and output of a reference; empty if it is malformed. */
  static List<Tree> history(Tree reference) {
    return reference
        .asObject()
        .flatMap(r -> r.object("config"))
        .map(c -> c.items("keras_history"))
        .filter(h -> isTriple(Tree.of(h)))
        .orElse(List.of());
  }

  /** The type of what a reference leads to, if it tells. */
  static Optional<String> dtype(Tree tree) {
    return isReference(tree)
        ? ((Tree.Obj) tree).object("config").flatMap(config -> config.text("dtype"))
        : Optional.empty();
  }

  /** The rank of what a reference leads to; that of anything where it does not tell. */
  static int rank(Tree reference) {
    return ((Tree.Obj) reference)
        .object("config")
        .flatMap(config -> config.get("shape"))
        .map(shape -> shape.items().size())
        .orElse(Integer.MAX_VALUE);
  }

  /** A reference to another call of the same layer. */
  static Tree withCall(Tree reference, long call) {
    Tree.Obj object = (Tree.Obj) reference;
    Tree.Obj config = object.object("config").orElse(Tree.object());
    List<Tree> history = new ArrayList<>(config.items("keras_history"));
    history.set(1, Tree.of(call));
    return object.with("config", config.with("keras_history", Tree.of(history)));
  }

  /** The same tree with every reference in it replaced. */
  static Tree map(Tree tree, UnaryOperator<Tree> function) {
    if (isReference(tree)) {
      return function.apply(tree);
    }
    if (tree instanceof Tree.Obj object) {
      Map<String, Tree> members = new LinkedHashMap<>();
      object.members().forEach((k, v) -> members.put(k, map(v, function)));
      return Tree.of(members);
    }
    return tree.isArray()
        ? Tree.of(tree.items().stream().map(i -> map(i, function)).toList())
        : tree;
  }

  /** The same tree with every triple in it as a reference. */
  static Tree fromTriples(Tree tree, Set<String> layers) {
    if (isTriple(tree, layers)) {
      return of(tree.items());
    }
    if (tree.isArray()) {
      return Tree.of(tree.items().stream().map(i -> fromTriples(i, layers)).toList());
    }
    if (tree instanceof Tree.Obj object && !isReference(tree)) {
      Map<String, Tree> members = new LinkedHashMap<>();
      object.members().forEach((k, v) -> members.put(k, fromTriples(v, layers)));
      return Tree.of(members);
    }
    return tree;
  }

  /** Ends of a model, where every triple is a reference even to a layer that is not there. */
  static Tree ends(Tree tree) {
    if (isTriple(tree)) {
      return of(tree.items());
    }
    if (tree.isArray()) {
      return Tree.of(tree.items().stream().map(TensorReference::ends).toList());
    }
    if (tree instanceof Tree.Obj object && !isReference(tree)) {
      Map<String, Tree> members = new LinkedHashMap<>();
      object.members().forEach((k, v) -> members.put(k, ends(v)));
      return Tree.of(members);
    }
    return tree;
  }

  /** Ends of a model as Keras writes them: every reference as {@code [layer, call, output]}. */
  static Tree toTriples(Tree tree) {
    return map(tree, reference -> Tree.of(history(reference)));
  }
}
