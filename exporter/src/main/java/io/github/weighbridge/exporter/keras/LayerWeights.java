package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.VocabularyLayer;
import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.WeightSpecs;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.keras.dialect.KerasDialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The weights that each layer of a model keeps itself, in the order in which Keras makes them. */
final class LayerWeights {

  /**
   * A weight.
   *
   * @param owner the layer that has it
   * @param name in its layer
   * @param part the inner object that keeps it in files with paths, or empty
   * @param trained whether training changes it, as far as the layer alone decides
   */
  record Stored(LayerInstance owner, String name, String part, WeightRef weight, boolean trained) {}

  private final Model model;
  private final WeightSpecs specs;

  LayerWeights(Model model) {
    this.model = model;
    this.specs = WeightSpecs.of(model);
  }

  Model model() {
    return model;
  }

  /** The weights of one layer, those of the layers within it left out. */
  List<Stored> of(LayerInstance layer) {
    List<WeightSpec> own = specs.of(layer.id()).orElse(null);
    List<Stored> stored = new ArrayList<>();
    if (own == null) {
      layer
          .weights()
          .forEach((name, weight) -> stored.add(new Stored(layer, name, "", weight, true)));
      return stored;
    }
    for (WeightSpec spec : own) {
      @Nullable LayerId inner = spec.isOwn() ? null : layer.children().get(spec.inner());
      LayerInstance owner = inner == null ? layer : model.layer(inner);
      WeightRef weight = owner.weights().get(spec.name());
      if (weight == null && layer.layer() instanceof VocabularyLayer vocabulary) {
        weight = weightsOf(vocabulary);
      }
      if (weight != null) {
        stored.add(new Stored(owner, spec.name(), spec.part(), weight, spec.trainable()));
      }
    }
    return stored;
  }

  /** What Keras 3 keeps of weights that the configuration gives to terms. */
  private static @Nullable WeightRef weightsOf(VocabularyLayer layer) {
    return layer
        .weightsOfVocabulary()
        .map(values -> Tensor.of(values, values.length).cast(DataType.FLOAT32))
        .map(WeightRef::of)
        .orElse(null);
  }

  /**
   * The layers of a network that a spelled configuration has, each with its entry there. Functions
   * of Keras 3 are no layers.
   */
  static List<Map.Entry<Tree.Obj, LayerInstance>> layers(
      Model model, Network network, Tree.Obj spelled) {
    Map<String, LayerInstance> named = new HashMap<>();
    network.layers().forEach(id -> named.put(model.layer(id).name(), model.layer(id)));
    List<Map.Entry<Tree.Obj, LayerInstance>> layers = new ArrayList<>();
    for (Tree entry : entries(spelled)) {
      Tree.Obj layer = entry.asObject().orElse(Tree.object());
      String name =
          layer
              .object("config")
              .flatMap(config -> config.text("name"))
              .or(() -> layer.text("name"))
              .orElse("");
      LayerInstance instance = named.get(name);
      if (instance != null && !KerasDialect.isFunction(layer)) {
        layers.add(Map.entry(layer, instance));
      }
    }
    return layers;
  }

  private static List<Tree> entries(Tree.Obj model) {
    return model
        .get("config")
        .map(config -> config.asObject().map(c -> c.items("layers")).orElse(config.items()))
        .orElse(List.of());
  }
}
