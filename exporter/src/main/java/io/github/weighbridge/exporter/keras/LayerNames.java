package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Embedding;
import io.github.weighbridge.core.layer.Masking;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.formats.keras.dialect.KerasDialect;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Other names for layers whose own a generation of Keras does not take. */
final class LayerNames {

  /** What Keras 3 computes masks by while it loads a model: operations with names of their own. */
  private static final String MASK_OPERATIONS =
      "(any|broadcast_to|concatenate|expand_dims|logical_and|logical_or|not_equal|ones_like)(_\\d+)?";

  private final Model model;
  private final boolean keras3;
  private final boolean derivesMasks;
  private final Problems problems;

  /**
   * Names for Keras 3, or for tf.keras.
   *
   * @param problems takes what is renamed, as warnings
   */
  LayerNames(Model model, boolean keras3, Problems problems) {
    this.model = model;
    this.keras3 = keras3;
    this.problems = problems;
    // Files of Keras 3 have those operations in them, named apart.
    this.derivesMasks =
        keras3
            && !model.provenance().generation().equals(KerasDialect.KERAS_3.label())
            && model.layers().stream().anyMatch(LayerNames::makesMask);
  }

  /** Whether a layer says which steps count. */
  static boolean makesMask(LayerInstance instance) {
    return instance.layer() instanceof Masking
        || (instance.layer() instanceof Embedding embedding && embedding.maskZero());
  }

  /** Renames layers in this table. */
  void fit(Map<LayerId, LayerInstance> layers) {
    Set<String> taken = new HashSet<>();
    layers.values().forEach(layer -> taken.add(layer.name()));
    Map<LayerId, LayerInstance> renamed = new HashMap<>();
    for (LayerInstance layer : layers.values()) {
      String allowed = allowed(layer.name());
      if (!allowed.equals(layer.name())) {
        String name = allowed;
        for (int i = 1; !taken.add(name); i++) {
          name = allowed + "_" + i;
        }
        problems.warning(
            ProblemCode.TARGET_DROPS,
            Place.file(model.provenance().file())
                .withLayer(layer.name(), layer.className())
                .withKey("name"),
            rule(layer.name()) + "; the layer is renamed",
            name,
            "");
        renamed.put(layer.id(), layer.withName(name));
      }
    }
    layers.putAll(renamed);
  }

  private String allowed(String name) {
    if (keras3) {
      return isOfMasks(name) ? name + "_layer" : name.replace('/', '_');
    }
    String scope = name.replaceAll("[^A-Za-z0-9_.\\\\/>-]", "_");
    return scope.matches("[A-Za-z0-9.].*") ? scope : "layer" + scope;
  }

  private boolean isOfMasks(String name) {
    return derivesMasks && name.matches(MASK_OPERATIONS);
  }

  private String rule(String name) {
    if (!keras3) {
      return "TensorFlow has no such name of a scope";
    }
    return isOfMasks(name)
        ? "Keras 3 gives such names to what it computes masks by"
        : "Keras 3 has no slash in names of layers";
  }
}
