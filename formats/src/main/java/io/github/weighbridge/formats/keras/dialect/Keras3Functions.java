package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Functions as Keras 3 keeps them: static arguments in the configuration of the node's class, the
 * others at the call. Functions of TensorFlow become those of {@code keras.ops} that do the same;
 * where they do so only for some arguments, reading the result again tells.
 */
final class Keras3Functions {

  private Keras3Functions() {}

  /** The node with its calls, if Keras 3 has the function and all calls have the same options. */
  static Optional<Tree.Obj> spelled(Tree.Obj layer) {
    String name = layer.text("class_name").orElse("");
    if (name.equals("tf.__operators__.getitem")) {
      return GetItems.toKeras3(layer);
    }
    FunctionPairs.Pair pair = FunctionPairs.ofTensorFlow(name);
    return ClassKeys.KERAS_3
        .operation(pair.className())
        .flatMap(entry -> spelled(layer, entry, pair));
  }

  static Optional<Tree.Obj> spelled(
      Tree.Obj layer, ClassKeys.Entry entry, FunctionPairs.Pair pair) {
    Tree.Obj config = layer.object("config").orElse(Tree.object()).without("name");
    Tree.Obj options = null;
    List<Tree> nodes = new ArrayList<>();
    for (Tree node : layer.items("inbound_nodes")) {
      Tree.Obj call = node.asObject().orElse(Tree.object());
      Map<String, Tree> own = new LinkedHashMap<>(config.members());
      Map<String, Tree> kwargs = new LinkedHashMap<>();
      for (var argument : call.object("kwargs").orElse(Tree.object()).members().entrySet()) {
        if (pair.isDefault(argument.getKey(), argument.getValue())) {
          continue;
        }
        String key = pair.renamed().getOrDefault(argument.getKey(), argument.getKey());
        Tree value = argument.getValue();
        boolean mode = key.equals("mode") && value.asText().isPresent();
        (entry.keys().contains(key) ? own : kwargs)
            .put(key, mode ? Tree.of(value.asText().orElse("").toLowerCase(Locale.ROOT)) : value);
      }
      pair.implied().forEach(own::putIfAbsent);
      Tree.Obj these = (Tree.Obj) Tree.of(own);
      if (entry.className().equals("Pad")
          && !Tree.of("constant").equals(own.getOrDefault("mode", Tree.of("constant")))) {
        kwargs.remove("constant_values");
      }
      if (entry.className().equals("RMSNorm") && call.items("args").size() == 1) {
        // Keras asks for it, even where there is none.
        kwargs.putIfAbsent("scale", Tree.none());
      }
      boolean computed = own.values().stream().anyMatch(TensorReference::isWithin);
      if (computed
          || !entry.keys().containsAll(own.keySet())
          || !entry.arguments().containsAll(kwargs.keySet())
          || (options != null && !options.equals(these))) {
        return Optional.empty();
      }
      options = these;
      List<Tree> args = new ArrayList<>();
      String dtype = dtype(entry, call);
      call.items("args").forEach(arg -> args.add(typed(arg, dtype)));
      Map<String, Tree> typed = new LinkedHashMap<>();
      kwargs.forEach((key, value) -> typed.put(key, typed(value, dtype)));
      nodes.add(Tree.of(Map.of("args", args, "kwargs", Tree.of(typed))));
    }
    String name = LayerWalk.name(layer);
    return Optional.of(
        Keras3Spelling.envelope(
                entry.module(),
                entry.className(),
                (options == null ? config : options).with("name", Tree.of(name)))
            .with("registered_name", Tree.of(entry.className()))
            .with("name", Tree.of(name))
            .with("inbound_nodes", Tree.of(nodes)));
  }

  /** Numbers that have no type get one. */
  private static Tree typed(Tree tree, String dtype) {
    if (tree instanceof Tree.Obj object
        && object.text("class_name").filter("__tensor__"::equals).isPresent()) {
      Tree.Obj config = object.object("config").orElse(Tree.object());
      return config.has("dtype")
          ? tree
          : object.with("config", config.with("dtype", Tree.of(dtype)));
    }
    return tree.isArray()
        ? Tree.of(tree.items().stream().map(i -> typed(i, dtype)).toList())
        : tree;
  }

  /** The type of a call's first tensor; a condition is none of those that it chooses from. */
  private static String dtype(ClassKeys.Entry entry, Tree.Obj call) {
    List<Tree> args = call.items("args");
    boolean chooses = entry.className().equals("Where") && !args.isEmpty();
    List<String> found = new ArrayList<>();
    TensorReference.map(
        chooses ? Tree.of(args.subList(1, args.size())) : call,
        reference -> {
          ((Tree.Obj) reference)
              .object("config")
              .flatMap(config -> config.text("dtype"))
              .ifPresent(found::add);
          return reference;
        });
    return found.isEmpty() ? "float32" : found.get(0);
  }
}
