package io.github.weighbridge.core.model;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A layer of a model, with its weights. Called any number of times.
 *
 * @param id its place in the model's table
 * @param name unique among the layers of its network
 * @param trainable whether training changes its trainable weights
 * @param dtype in which types it computes
 * @param layer its configuration
 * @param weights by name, in the order in which Keras makes them; those of inner layers are theirs
 * @param children inner layers of wrappers, by attribute
 * @param extras configuration keys that are kept for the way back and mean nothing here
 */
public record LayerInstance(
    LayerId id,
    String name,
    boolean trainable,
    DtypePolicy dtype,
    Layer layer,
    Map<String, WeightRef> weights,
    Map<String, LayerId> children,
    Tree.Obj extras) {

  /** Copies the maps. */
  public LayerInstance {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
  }

  /** The class name of Keras 3. */
  public String className() {
    return LayerCatalog.className(layer);
  }

  /** How many numbers the weights of this layer itself hold. */
  public long parameterCount() {
    return weights.values().stream().mapToLong(WeightRef::count).sum();
  }

  /** This instance under another name. */
  public LayerInstance withName(String newName) {
    return new LayerInstance(id, newName, trainable, dtype, layer, weights, children, extras);
  }

  /** This instance with another layer. */
  public LayerInstance withLayer(Layer newLayer) {
    return new LayerInstance(id, name, trainable, dtype, newLayer, weights, children, extras);
  }

  /** This instance with other weights. */
  public LayerInstance withWeights(Map<String, WeightRef> newWeights) {
    return new LayerInstance(id, name, trainable, dtype, layer, newWeights, children, extras);
  }
}
