package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Sequential of Keras 1 could begin with a Merge of other models. Such a model is a functional
 * one of all their layers, which is how its weights are stored too.
 */
final class Keras1Branches {

  /** The output of a layer's call. */
  private record End(String layer, int call) {
    Tree triple() {
      return Tree.of(List.of(layer, call, 0));
    }
  }

  private final Map<String, Tree.Obj> layers = new LinkedHashMap<>();
  private final List<Tree> inputs = new ArrayList<>();

  private Keras1Branches() {}

  static Tree.Obj toKeras2(Tree.Obj layer) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    if (config.has("output_layers") || !LayerWalk.isNetwork(config) || !beginsWithMerge(config)) {
      return layer;
    }
    Keras1Branches branches = new Keras1Branches();
    End end = branches.chain(config);
    Map<String, Object> functional = new LinkedHashMap<>();
    functional.put("name", config.text("name").orElse("sequential"));
    functional.put("layers", List.copyOf(branches.layers.values()));
    functional.put("input_layers", branches.inputs);
    functional.put("output_layers", List.of(end.triple()));
    return layer.with("class_name", Tree.of("Model")).with("config", Tree.of(functional));
  }

  private static boolean beginsWithMerge(Tree.Obj config) {
    List<Tree.Obj> layers = LayerWalk.layers(config);
    return !layers.isEmpty() && branches(layers.get(0)).size() > 1;
  }

  /** The models that a Merge begins with. */
  private static List<Tree.Obj> branches(Tree.Obj layer) {
    return layer.text("class_name").filter("Merge"::equals).isPresent()
        ? LayerWalk.layers(layer.object("config").orElse(Tree.object()))
        : List.of();
  }

  private End chain(Tree.Obj config) {
    List<Tree.Obj> chain = LayerWalk.layers(config);
    List<Tree.Obj> branches = branches(chain.get(0));
    End end;
    if (branches.size() > 1) {
      List<Tree> ends = new ArrayList<>();
      branches.forEach(branch -> ends.add(branch(branch).triple()));
      Tree.Obj merge = chain.get(0);
      Tree.Obj own = merge.object("config").orElse(Tree.object()).without("layers");
      end = call(merge.with("config", own), ends);
    } else {
      Tree.Obj first = chain.get(0);
      End input = input(first);
      end = isInput(first) ? input : call(first, List.of(input.triple()));
    }
    for (Tree.Obj next : chain.subList(1, chain.size())) {
      end = call(next, List.of(end.triple()));
    }
    return end;
  }

  private End branch(Tree.Obj branch) {
    Tree.Obj model = TfKerasSequential.toKeras3(branch);
    Tree.Obj config = model.object("config").orElse(Tree.object());
    if (!LayerWalk.isNetwork(config)) {
      return call(model, List.of(input(model).triple()));
    }
    if (!config.has("output_layers")) {
      return chain(config);
    }
    LayerWalk.layers(config).forEach(inner -> layers.put(LayerWalk.name(inner), inner));
    inputs.addAll(config.items("input_layers"));
    List<Tree> output = config.items("output_layers").get(0).items();
    return new End(output.get(0).asText().orElse(""), output.get(1).asLong().orElse(0L).intValue());
  }

  private static boolean isInput(Tree.Obj layer) {
    return layer.text("class_name").filter("InputLayer"::equals).isPresent();
  }

  private End input(Tree.Obj first) {
    String name = isInput(first) ? LayerWalk.name(first) : LayerWalk.name(first) + "_input";
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", name);
    Tree.Obj typed = first;
    while (LayerWalk.isNetwork(typed.object("config").orElse(Tree.object()))) {
      typed = LayerWalk.layers(typed.object("config").orElseThrow()).get(0);
    }
    Tree.Obj written = typed.object("config").orElse(Tree.object());
    config.put("batch_input_shape", written.get("batch_input_shape").orElse(Tree.none()));
    config.put(
        "dtype", written.text("input_dtype").or(() -> written.text("dtype")).orElse("float32"));
    if (!layers.containsKey(name)) {
      Tree input = Tree.of(Map.of("class_name", "InputLayer", "name", name, "config", config));
      layers.put(name, ((Tree.Obj) input).with("inbound_nodes", Tree.of(List.of())));
      inputs.add(new End(name, 0).triple());
    }
    return new End(name, 0);
  }

  /** A layer that stands in several branches is one layer, called several times. */
  private End call(Tree.Obj layer, List<Tree> arguments) {
    String name = LayerWalk.name(layer);
    Tree.Obj known = layers.getOrDefault(name, layer.with("name", Tree.of(name)));
    List<Tree> calls = new ArrayList<>(known.items("inbound_nodes"));
    calls.add(Tree.of(arguments));
    layers.put(name, known.with("inbound_nodes", Tree.of(calls)));
    return new End(name, calls.size() - 1);
  }
}
