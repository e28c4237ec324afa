package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Counts the calls of nested models from 0. A model that was built with inputs has called itself
 * once before anybody else did, so that references to it begin with 1: functional models in every
 * generation, Sequential ones in tf.keras if they knew their input's shape, never in Keras 3.
 */
final class CallIndexes {

  private CallIndexes() {}

  /**
   * A network whose references count from 0.
   *
   * @param hidden whether a nested model of this generation has a hidden first call
   */
  static Tree.Obj fromZero(Tree.Obj config, Predicate<Tree.Obj> hidden) {
    Map<String, Long> offsets = new HashMap<>();
    Map<String, long[]> used = used(config);
    for (Tree.Obj layer : LayerWalk.layers(config)) {
      Tree.Obj inner = layer.object("config").orElse(Tree.object());
      String name = LayerWalk.name(layer);
      if (LayerWalk.isNetwork(inner)) {
        long calls = layer.items("inbound_nodes").size();
        long[] range = used.getOrDefault(name, new long[] {-1, -1});
        // What the references say wins: subclasses of models do not all follow the table.
        boolean offset = range[1] == calls || (hidden.test(layer) && range[0] != 0);
        offsets.put(name, offset ? 1L : 0L);
      }
    }
    return offsets.values().stream().allMatch(o -> o == 0) ? config : shifted(config, offsets);
  }

  private static Map<String, long[]> used(Tree.Obj config) {
    Map<String, long[]> used = new HashMap<>();
    onReferences(
        config,
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

  private static Tree.Obj shifted(Tree.Obj config, Map<String, Long> offsets) {
    return onReferences(
        config,
        reference -> {
          List<Tree> history = TensorReference.history(reference);
          long offset =
              history.isEmpty() ? 0 : offsets.getOrDefault(history.get(0).asText().orElse(""), 0L);
          return offset == 0
              ? reference
              : TensorReference.withCall(reference, history.get(1).asLong().orElse(0L) - offset);
        });
  }

  private static Tree.Obj onReferences(
      Tree.Obj config, java.util.function.UnaryOperator<Tree> function) {
    List<Tree> layers = new ArrayList<>();
    for (Tree.Obj layer : LayerWalk.layers(config)) {
      layers.add(
          layer.has("inbound_nodes")
              ? layer.with(
                  "inbound_nodes",
                  TensorReference.map(layer.get("inbound_nodes").orElse(Tree.none()), function))
              : layer);
    }
    Tree.Obj changed = config.with("layers", Tree.of(layers));
    for (String end : List.of("input_layers", "output_layers")) {
      if (config.has(end)) {
        changed =
            changed.with(end, TensorReference.map(config.get(end).orElse(Tree.none()), function));
      }
    }
    return changed;
  }
}
