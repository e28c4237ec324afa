package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Functions as tf.keras keeps them: TFOpLambda and SlicingOpLambda name a function of TensorFlow,
 * every argument but the first is a keyword argument of the call.
 */
final class TensorFlowFunctions {

  private TensorFlowFunctions() {}

  /** The node with its calls in canonical form, if TensorFlow has the function. */
  static Optional<Tree.Obj> spelled(Tree.Obj layer) {
    String name = layer.text("class_name").orElse("");
    if (name.equals("GetItem")) {
      return sliced(layer);
    }
    Optional<String> symbol = TensorFlowNames.symbol(name);
    if (symbol.isEmpty()) {
      return Optional.empty();
    }
    TensorFlowNames.Function function = TensorFlowNames.of(symbol.get());
    Map<String, String> renamed = new LinkedHashMap<>();
    function.renamed().forEach((theirs, keras) -> renamed.put(keras, theirs));
    Tree.Obj config = layer.object("config").orElse(Tree.object()).without("name");
    List<Tree> nodes = new ArrayList<>();
    for (Tree node : layer.items("inbound_nodes")) {
      Tree.Obj call = node.asObject().orElse(Tree.object());
      List<Tree> args = call.items("args");
      Map<String, Tree> kwargs = new LinkedHashMap<>();
      for (int i = 1; i < args.size(); i++) {
        String operand = renamed.get("x" + (i + 1));
        if (operand == null) {
          return Optional.empty();
        }
        kwargs.put(operand, PlainValues.of(args.get(i)));
      }
      Map<String, Tree> named = new LinkedHashMap<>(config.members());
      named.putAll(call.object("kwargs").orElse(Tree.object()).members());
      named.forEach(
          (key, value) -> kwargs.put(renamed.getOrDefault(key, key), PlainValues.of(value)));
      function.implied().forEach(kwargs::remove);
      nodes.add(
          Tree.of(
              Map.of(
                  "args",
                  args.isEmpty() ? List.of() : args.subList(0, 1),
                  "kwargs",
                  Tree.of(kwargs))));
    }
    return Optional.of(layer("TFOpLambda", symbol.get(), layer, nodes));
  }

  private static Optional<Tree.Obj> sliced(Tree.Obj layer) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    List<Tree> nodes = new ArrayList<>();
    for (Tree node : layer.items("inbound_nodes")) {
      Tree.Obj call = node.asObject().orElse(Tree.object());
      List<Tree> args = call.items("args");
      Tree key =
          args.size() > 1
              ? args.get(1)
              : call.object("kwargs")
                  .flatMap(kwargs -> kwargs.get("key"))
                  .or(() -> config.get("key"))
                  .orElse(Tree.of(List.of()));
      nodes.add(
          Tree.of(
              Map.of(
                  "args",
                  args.subList(0, Math.min(1, args.size())),
                  "kwargs",
                  Tree.object().with("slice_spec", GetItems.sliceSpec(key)))));
    }
    return Optional.of(layer("SlicingOpLambda", "__operators__.getitem", layer, nodes));
  }

  private static Tree.Obj layer(String className, String symbol, Tree.Obj layer, List<Tree> nodes) {
    String name = LayerWalk.name(layer);
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", name);
    config.put("trainable", true);
    config.put("dtype", "float32");
    config.put("function", symbol);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("class_name", className);
    members.put("config", config);
    members.put("name", name);
    members.put("inbound_nodes", nodes);
    return (Tree.Obj) Tree.of(members);
  }
}
