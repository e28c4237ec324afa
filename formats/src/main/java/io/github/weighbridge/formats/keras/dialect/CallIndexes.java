package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Counts the calls of nested models from 0. A model that was built with inputs has called itself
 * once before anybody else did; so some references to it begin with 1:
 *
 * <ul>
 *   <li>tf.keras: every reference to a functional model, and to a Sequential that knew the shape of
 *       its input;
 *   <li>Keras 3: only {@code output_layers}, only for functional models; its nodes count from 0.
 * </ul>
 */
final class CallIndexes {

  private CallIndexes() {}

  /**
   * A network whose references count from 0.
   *
   * @param inNodes whether references from nodes to a nested model begin with 1
   * @param inEnds whether references from the ends of the network do
   */
  static Tree.Obj fromZero(
      Tree.Obj config, Predicate<Tree.Obj> inNodes, Predicate<Tree.Obj> inEnds) {
    List<Tree> nodes = new ArrayList<>();
    LayerWalk.layers(config)
        .forEach(layer -> nodes.add(layer.get("inbound_nodes").orElse(Tree.none())));
    Map<String, Long> offsets = offsets(config, Tree.of(nodes), inNodes);
    List<Tree> layers = new ArrayList<>();
    for (Tree.Obj layer : LayerWalk.layers(config)) {
      layers.add(shifted(layer, "inbound_nodes", offsets));
    }
    Map<String, Long> endOffsets =
        offsets(config, config.get("output_layers").orElse(Tree.none()), inEnds);
    return shifted(config.with("layers", Tree.of(layers)), "output_layers", endOffsets);
  }

  /**
   * The way back: a network whose references count the hidden calls of nested models.
   *
   * @param inNodes whether references from nodes to a nested model begin with 1
   * @param inEnds whether references from the ends of the network do
   */
  static Tree.Obj toHidden(
      Tree.Obj config, Predicate<Tree.Obj> inNodes, Predicate<Tree.Obj> inEnds) {
    Map<String, Long> nodeOffsets = new HashMap<>();
    Map<String, Long> endOffsets = new HashMap<>();
    for (Tree.Obj layer : LayerWalk.layers(config)) {
      if (LayerWalk.isNetwork(layer.object("config").orElse(Tree.object()))) {
        nodeOffsets.put(LayerWalk.name(layer), inNodes.test(layer) ? -1L : 0L);
        endOffsets.put(LayerWalk.name(layer), inEnds.test(layer) ? -1L : 0L);
      }
    }
    List<Tree> layers = new ArrayList<>();
    LayerWalk.layers(config)
        .forEach(layer -> layers.add(shifted(layer, "inbound_nodes", nodeOffsets)));
    return shifted(config.with("layers", Tree.of(layers)), "output_layers", endOffsets);
  }

  private static Map<String, Long> offsets(
      Tree.Obj config, Tree references, Predicate<Tree.Obj> hidden) {
    Map<String, long[]> used = used(references);
    Map<String, Long> offsets = new HashMap<>();
    for (Tree.Obj layer : LayerWalk.layers(config)) {
      if (LayerWalk.isNetwork(layer.object("config").orElse(Tree.object()))) {
        String name = LayerWalk.name(layer);
        long calls = layer.items("inbound_nodes").size();
        long[] range = used.getOrDefault(name, new long[] {-1, -1});
        // What the references say wins: subclasses of models do not all follow the table.
        boolean offset = range[1] == calls || (hidden.test(layer) && range[0] != 0);
        offsets.put(name, offset ? 1L : 0L);
      }
    }
    return offsets;
  }

  /** The lowest and the highest call that is referred to, by layer. */
  private static Map<String, long[]> used(Tree references) {
    Map<String, long[]> used = new HashMap<>();
    TensorReference.map(
        references,
        reference -> {
          List<Tree> history = TensorReference.history(reference);
          if (!history.isEmpty()) {
            long call = history.get(1).asLong().orElse(0L);
            used.merge(
                history.get(0).asText().orElse(""),
                new long[] {call, call},
                (a, b) -> new long[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])});
          }
          return reference;
        });
    return used;
  }

  private static Tree.Obj shifted(Tree.Obj owner, String key, Map<String, Long> offsets) {
    if (!owner.has(key)) {
      return owner;
    }
    Tree shifted =
        TensorReference.map(
            owner.get(key).orElse(Tree.none()),
            reference -> {
              List<Tree> history = TensorReference.history(reference);
              long offset =
                  history.isEmpty()
                      ? 0
                      : offsets.getOrDefault(history.get(0).asText().orElse(""), 0L);
              return offset == 0
                  ? reference
                  : TensorReference.withCall(
                      reference, history.get(1).asLong().orElse(0L) - offset);
            });
    return owner.with(key, shifted);
  }
}
