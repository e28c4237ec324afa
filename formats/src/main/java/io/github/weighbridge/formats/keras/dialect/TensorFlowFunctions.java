package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

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
    return TensorFlowNames.symbol(name)
        .map(symbol -> FunctionPairs.sameAs(symbol, name))
        .flatMap(pair -> spelled(layer, pair))
        .or(() -> FunctionPairs.ofKeras(name).flatMap(pair -> spelled(layer, pair)));
  }

  private static Optional<Tree.Obj> spelled(Tree.Obj layer, FunctionPairs.Pair pair) {
    TensorFlowNames.Function function = TensorFlowNames.of(pair.symbol());
    Map<String, String> renamed = new LinkedHashMap<>();
    function
        .renamed()
        .forEach(
            (theirs, keras) -> {
              // Functions under TensorFlow's own names have its names for arguments as well.
              if (!pair.className().startsWith("tf.") || keras.equals("x2")) {
                renamed.put(keras, theirs);
              }
            });
    pair.renamed().forEach((theirs, keras) -> renamed.put(keras, theirs));
    List<String> positions =
        ClassKeys.KERAS_3
            .operation(pair.className())
            .map(ClassKeys.Entry::arguments)
            .orElse(List.of("x1", "x2"));
    Tree.Obj config = layer.object("config").orElse(Tree.object()).without("name");
    List<Tree> nodes = new ArrayList<>();
    for (Tree node : layer.items("inbound_nodes")) {
      Tree.Obj call = node.asObject().orElse(Tree.object());
      List<Tree> args = call.items("args");
      if (args.isEmpty() || args.size() > Math.max(1, positions.size())) {
        return Optional.empty();
      }
      Map<String, Tree> named = new LinkedHashMap<>(config.members());
      for (int i = 1; i < args.size(); i++) {
        named.put(positions.get(i), args.get(i));
      }
      named.putAll(call.object("kwargs").orElse(Tree.object()).members());
      named
          .entrySet()
          .removeIf(
              own ->
                  own.getValue().isNull()
                      || own.getValue().equals(pair.implied().get(own.getKey())));
      Map<String, Tree> kwargs = new LinkedHashMap<>();
      named.forEach(
          (key, value) -> kwargs.put(renamed.getOrDefault(key, key), PlainValues.of(value)));
      int rank = TensorFlowOperands.rank(args.get(0));
      function
          .implied()
          .forEach(
              (key, value) ->
                  kwargs.computeIfPresent(
                      key, (k, own) -> sameAxes(own, value, rank) ? null : own));
      boolean more = function.implied().keySet().stream().anyMatch(kwargs::containsKey);
      boolean own = pair.className().startsWith("tf.");
      if (more || (!own && !TensorFlowOperands.fit(pair, args, named))) {
        return Optional.empty();
      }
      kwargs.putAll(pair.stated());
      nodes.add(
          Tree.of(
              Map.of(
                  "args",
                  List.of(TensorFlowOperands.first(args, named)),
                  "kwargs",
                  Tree.of(spelled(pair, kwargs)))));
    }
    return Optional.of(layer("TFOpLambda", pair.symbol(), layer, nodes));
  }

  /** Whether values are the same, axes being counted from the front or from behind. */
  private static boolean sameAxes(Tree own, Tree implied, int rank) {
    if (own.isArray()) {
      return own.items().size() == implied.items().size()
          && IntStream.range(0, own.items().size())
              .allMatch(i -> sameAxes(own.items().get(i), implied.items().get(i), rank));
    }
    boolean behind =
        own.asLong().isPresent()
            && implied
                .asLong()
                .filter(axis -> axis < 0 && axis + rank == own.asLong().get())
                .isPresent();
    return behind || own.equals(implied);
  }

  /** Values that TensorFlow writes otherwise. */
  private static Map<String, Tree> spelled(FunctionPairs.Pair pair, Map<String, Tree> kwargs) {
    if (pair.className().equals("Pad")) {
      kwargs.computeIfPresent(
          "mode",
          (key, mode) -> mode.asText().map(t -> Tree.of(t.toUpperCase(Locale.ROOT))).orElse(mode));
    }
    // One axis to turn around stands in a list.
    if (pair.className().equals("Flip")) {
      kwargs.computeIfPresent(
          "axis", (key, axis) -> axis.asLong().isPresent() ? Tree.of(List.of(axis)) : axis);
    }
    return kwargs;
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
