package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The functional models of tf.keras: a node is a list of {@code [layer, call, output, kwargs]}, one
 * for each tensor of the first argument.
 */
final class TfKerasNodes {

  static final String CONSTANT = "_CONSTANT_VALUE";

  static final String TRAINING = "training";

  /** Canonical form's word for it. */
  static final String FIXED_TRAINING = "fixed_training";

  private TfKerasNodes() {}

  static Tree.Obj toCanonical(Tree.Obj layer) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    if (!LayerWalk.isNetwork(config) || !config.has("output_layers")) {
      return layer;
    }
    Set<String> names =
        LayerWalk.layers(config).stream().map(LayerWalk::name).collect(Collectors.toSet());
    List<Tree> layers = new ArrayList<>();
    for (Tree.Obj inner : LayerWalk.layers(config)) {
      List<Tree> nodes =
          inner.items("inbound_nodes").stream().map(node -> node(node, inner, names)).toList();
      layers.add(finish(inner.with("inbound_nodes", Tree.of(nodes))));
    }
    Tree.Obj changed = config.with("layers", Tree.of(layers));
    for (String end : List.of("input_layers", "output_layers")) {
      changed = changed.with(end, end(config.get(end).orElse(Tree.none())));
    }
    return layer.with(
        "config",
        CallIndexes.fromZero(changed, TfKerasNodes::hasHiddenCall, TfKerasNodes::hasHiddenCall));
  }

  private static Tree.Obj finish(Tree.Obj layer) {
    return layer.has("operation") ? TfKerasOperations.withArguments(layer) : layer;
  }

  static boolean hasHiddenCall(Tree.Obj nested) {
    Tree.Obj config = nested.object("config").orElse(Tree.object());
    if (config.has("input_layers")) {
      return true;
    }
    List<Tree.Obj> layers = LayerWalk.layers(config);
    return !layers.isEmpty()
        && layers
            .get(0)
            .object("config")
            .filter(c -> c.has("batch_input_shape") || c.has("batch_shape"))
            .isPresent();
  }

  /** A single end always stood in a list, "to preserve external Keras compat". */
  private static Tree end(Tree end) {
    List<Tree> items = end.items();
    boolean single = items.size() == 1 && TensorReference.isTriple(items.get(0));
    return TensorReference.ends(single ? items.get(0) : end);
  }

  private static Tree node(Tree node, Tree.Obj layer, Set<String> names) {
    if (node instanceof Tree.Obj object) {
      return object.has("args") ? node : call(structure(node), Tree.object(), names);
    }
    List<Tree> items = node.items();
    if (!items.isEmpty() && items.get(0).asText().isPresent()) {
      // Functions of TensorFlow with a single tensor stand one level shallower than layers.
      return call(entry(items), kwargs(node), names);
    }
    List<Tree> tensors = items.stream().map(TfKerasNodes::structure).toList();
    boolean bare = tensors.size() == 1 && !layer.has("operation");
    return call(bare ? tensors.get(0) : Tree.of(tensors), kwargs(node), names);
  }

  private static Tree call(Tree first, Tree.Obj kwargs, Set<String> names) {
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("args", List.of(first));
    call.put("kwargs", TensorReference.fromTriples(trained(kwargs), names));
    return Tree.of(call);
  }

  /** A call that says it trains does so in predictions too; in Keras 3 those decide. */
  private static Tree.Obj trained(Tree.Obj kwargs) {
    Tree training = kwargs.get(TRAINING).orElse(Tree.none());
    boolean trains =
        training.asBoolean().orElseGet(() -> training.asDouble().filter(n -> n != 0).isPresent());
    return trains ? kwargs.without(TRAINING).withDefault(FIXED_TRAINING, Tree.of(true)) : kwargs;
  }

  private static Tree entry(List<Tree> items) {
    if (items.get(0).asText().filter(CONSTANT::equals).isPresent()) {
      return items.size() > 2 ? items.get(2) : Tree.none();
    }
    return items.size() < 3 ? Tree.of(items) : TensorReference.of(items);
  }

  private static Tree structure(Tree tree) {
    List<Tree> items = tree.items();
    if (!items.isEmpty() && items.get(0).asText().isPresent()) {
      return entry(items);
    }
    if (tree instanceof Tree.Obj object) {
      Map<String, Tree> members = new LinkedHashMap<>();
      object.members().forEach((k, v) -> members.put(k, structure(v)));
      return Tree.of(members);
    }
    return tree.isArray() ? Tree.of(items.stream().map(TfKerasNodes::structure).toList()) : tree;
  }

  /** The keyword arguments, which every tensor of a node repeats. */
  private static Tree.Obj kwargs(Tree node) {
    List<Tree> items = node.items();
    if (items.isEmpty()) {
      return Tree.object();
    }
    if (items.get(0).asText().isPresent()) {
      Optional<Tree.Obj> last = items.size() > 3 ? items.get(3).asObject() : Optional.empty();
      return last.orElse(Tree.object());
    }
    return kwargs(items.get(0));
  }
}
