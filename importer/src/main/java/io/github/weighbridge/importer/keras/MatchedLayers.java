package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.formats.keras.KerasWeights;
import io.github.weighbridge.formats.keras.NamedWeight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds which stored layer is which: by name, or by order where names differ (weights that were
 * saved from another build of the same architecture), as Keras's topological loading does; by name
 * alone where that is asked for.
 */
final class MatchedLayers {

  private final LayerTable table;
  private final WeightCheck check;

  MatchedLayers(LayerTable table, WeightCheck check) {
    this.table = table;
    this.check = check;
  }

  Map<LayerId, KerasWeights.Layer> match(Network model, KerasWeights.ByLayer weights) {
    List<KerasWeights.Layer> stored =
        weights.layers().stream().filter(layer -> !layer.weights().isEmpty()).toList();
    List<LayerId> needing = model.layers().stream().filter(id -> needs(table.get(id))).toList();
    Map<String, KerasWeights.Layer> byName = new LinkedHashMap<>();
    stored.forEach(layer -> byName.put(layer.name(), layer));
    boolean named = needing.stream().allMatch(id -> byName.containsKey(table.get(id).name()));
    Map<LayerId, KerasWeights.Layer> matched = new HashMap<>();
    if (!named && !check.byName() && needing.size() == stored.size()) {
      for (int i = 0; i < stored.size(); i++) {
        matched.put(needing.get(i), stored.get(i));
      }
      return matched;
    }
    for (LayerId id : model.layers()) {
      KerasWeights.Layer layer = byName.remove(table.get(id).name());
      if (layer != null) {
        matched.put(id, layer);
      }
    }
    List<KerasWeights.Layer> surplus = new ArrayList<>(byName.values());
    for (KerasWeights.Layer layer : surplus) {
      for (NamedWeight weight : layer.weights()) {
        check.unexpected(layer.name() + "/" + weight.name(), weight.weight());
      }
    }
    return matched;
  }

  private boolean needs(LayerInstance layer) {
    if (layer.layer() instanceof Network network) {
      return network.layers().stream().anyMatch(id -> needs(table.get(id)));
    }
    return !table.expected(layer.id()).orElse(List.of()).isEmpty()
        || layer.children().values().stream().anyMatch(id -> needs(table.get(id)));
  }
}
