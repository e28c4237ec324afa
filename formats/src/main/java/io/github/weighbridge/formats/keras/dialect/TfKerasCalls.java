package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls of functional models as tf.keras writes them: a node is a list of {@code [layer, call,
 * output, kwargs]}, one for each tensor of the first argument; all others are keyword arguments.
 */
final class TfKerasCalls {

  private final Findings findings;

  TfKerasCalls(Findings findings) {
    this.findings = findings;
  }

  Tree.Obj connected(Tree.Obj canonical, Tree.Obj spelled) {
    Tree.Obj ends = spelled;
    for (String end : List.of("input_layers", "output_layers")) {
      ends = ends.with(end, canonical.get(end).orElse(Tree.none()));
    }
    Tree.Obj counted =
        CallIndexes.toHidden(ends, TfKerasNodes::hasHiddenCall, TfKerasNodes::hasHiddenCall);
    List<Tree> layers = new ArrayList<>();
    for (Tree.Obj layer : LayerWalk.layers(counted)) {
      List<Tree> nodes = new ArrayList<>();
      for (Tree node : layer.items("inbound_nodes")) {
        nodes.add(node instanceof Tree.Obj call ? node(call, layer) : node);
      }
      layers.add(layer.with("inbound_nodes", Tree.of(nodes)));
    }
    Tree.Obj connected = counted.with("layers", Tree.of(layers));
    for (String end : List.of("input_layers", "output_layers")) {
      connected = connected.with(end, end(connected.get(end).orElse(Tree.none())));
    }
    return connected;
  }

  /** A single end stands in a list. */
  private static Tree end(Tree end) {
    Tree triples = TensorReference.toTriples(end);
    return TensorReference.isTriple(triples) ? Tree.of(List.of(triples)) : triples;
  }

  private Tree node(Tree.Obj call, Tree.Obj layer) {
    List<Tree> args = call.items("args");
    Map<String, Tree> kwargs = new LinkedHashMap<>();
    List<String> names = names(layer.text("class_name").orElse(""));
    if (args.size() > 1 + names.size()) {
      findings.unsupported(
          layer,
          "inbound_nodes",
          "must be called with one argument by position",
          args.size() + " of them",
          "name the others");
    }
    for (int i = 1; i < args.size() && i <= names.size(); i++) {
      kwargs.put(names.get(i - 1), args.get(i));
    }
    kwargs.putAll(call.object("kwargs").orElse(Tree.object()).members());
    Map<String, Tree> plain = new LinkedHashMap<>();
    kwargs.forEach(
        (key, value) ->
            plain.put(
                key.equals(TfKerasNodes.FIXED_TRAINING) ? TfKerasNodes.TRAINING : key,
                TensorReference.toTriples(value)));
    if (args.isEmpty()) {
      return Tree.of(List.of());
    }
    Tree options = Tree.of(plain);
    Tree first = args.get(0);
    boolean function = layer.text("class_name").orElse("").endsWith("OpLambda");
    if (TensorReference.isReference(first)) {
      Tree entry = entry(first, options);
      return function ? entry : Tree.of(List.of(entry));
    }
    return structure(first, options);
  }

  /** The arguments of layers behind the first, in the order of their {@code call}. */
  private static List<String> names(String className) {
    return switch (className) {
      case "MultiHeadAttention" -> List.of("value", "key", "attention_mask");
      default -> List.of();
    };
  }

  private Tree structure(Tree tree, Tree options) {
    if (TensorReference.isReference(tree)) {
      return entry(tree, options);
    }
    if (tree.isArray()) {
      return Tree.of(tree.items().stream().map(item -> structure(item, options)).toList());
    }
    if (tree instanceof Tree.Obj object && !object.has("class_name")) {
      Map<String, Tree> members = new LinkedHashMap<>();
      object.members().forEach((key, value) -> members.put(key, structure(value, options)));
      return Tree.of(members);
    }
    return Tree.of(List.of(TfKerasNodes.CONSTANT, -1, PlainValues.of(tree), options));
  }

  private static Tree entry(Tree reference, Tree options) {
    List<Tree> entry = new ArrayList<>(TensorReference.history(reference));
    entry.add(options);
    return Tree.of(entry);
  }
}
