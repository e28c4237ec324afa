package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.model.LayerInstance;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names and ids that no layer of a model has yet. */
final class LayerNamer {

  private final Set<String> names = new HashSet<>();
  private int last;

  LayerNamer(Map<LayerId, LayerInstance> layers) {
    layers
        .values()
        .forEach(
            layer -> {
              names.add(layer.name());
              last = Math.max(last, layer.id().index());
            });
  }

  LayerId id() {
    return new LayerId(++last);
  }

  String name(String wanted) {
    String name = wanted;
    for (int i = 1; !names.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }
}
