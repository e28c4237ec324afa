package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.WeightSpecs;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The layer instances read so far, and what is known of each beside. */
final class LayerTable {

  private final Map<LayerId, LayerInstance> instances = new TreeMap<>();
  private final Map<LayerId, String> pathClasses = new HashMap<>();
  private final WeightSpecs specs = new WeightSpecs(this::get);
  private final Map<LayerId, Map<String, String>> storedNames = new HashMap<>();
  private int next;

  /** An id for an instance that is being read: an outer layer's before those of its inner ones. */
  LayerId reserve() {
    return new LayerId(next++);
  }

  void put(LayerInstance instance, String pathClass) {
    instances.put(instance.id(), instance);
    pathClasses.put(instance.id(), pathClass);
  }

  LayerInstance get(LayerId id) {
    LayerInstance instance = instances.get(id);
    if (instance == null) {
      throw new IllegalStateException("layer " + id + " was not read");
    }
    return instance;
  }

  /** The class that the paths of weights name; empty for what has no place in them. */
  String pathClass(LayerId id) {
    return pathClasses.getOrDefault(id, get(id).className());
  }

  Collection<LayerInstance> instances() {
    return instances.values();
  }

  /** What weights the layers must have, as far as their calls have told. */
  WeightSpecs specs() {
    return specs;
  }

  /** The weights that a layer must have; nothing where its inputs are not known. */
  Optional<List<WeightSpec>> expected(LayerId id) {
    return specs.of(id);
  }

  /** Keeps under which name the file has a weight, or a part of it. */
  void noteStoredName(LayerId id, String weight, String name) {
    storedNames.computeIfAbsent(id, key -> new HashMap<>()).put(weight, name);
  }

  /** The name of a weight, or of a part of it, in the file; empty if it has none there. */
  String storedName(LayerId id, String weight) {
    return storedNames.getOrDefault(id, Map.of()).getOrDefault(weight, "");
  }

  /** Puts a layer that is known better by now in the place of an instance's. */
  void setLayer(LayerId id, Layer layer) {
    instances.put(id, get(id).withLayer(layer));
  }

  /** Gives an instance weights, in place of those of the same names that it has. */
  void addWeights(LayerId id, Map<String, WeightRef> weights) {
    Map<String, WeightRef> all = new LinkedHashMap<>(get(id).weights());
    all.putAll(weights);
    instances.put(id, get(id).withWeights(all));
  }
}
