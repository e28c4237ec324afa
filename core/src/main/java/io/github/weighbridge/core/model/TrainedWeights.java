package io.github.weighbridge.core.model;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.WeightSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The weights that training changes by gradients, in the order in which Keras of every generation
 * hands them to its optimizer: layer by layer, those of nested models and inner layers where they
 * stand. Frozen layers and everything within them have none, nor have statistics.
 */
public final class TrainedWeights {

  private final Function<LayerId, LayerInstance> layers;
  private final Function<LayerId, Optional<List<WeightSpec>>> specs;
  private final Set<WeightId> weights = new LinkedHashSet<>();
  private final List<LayerInstance> unknown = new ArrayList<>();

  private TrainedWeights(
      Function<LayerId, LayerInstance> layers,
      Function<LayerId, Optional<List<WeightSpec>>> specs) {
    this.layers = layers;
    this.specs = specs;
  }

  /**
   * Those of a network.
   *
   * @param specs what a layer must have; nothing where that is not known
   */
  public static TrainedWeights of(
      Network network,
      Function<LayerId, LayerInstance> layers,
      Function<LayerId, Optional<List<WeightSpec>>> specs) {
    TrainedWeights trained = new TrainedWeights(layers, specs);
    network.layers().forEach(id -> trained.collect(layers.apply(id)));
    return trained;
  }

  /** Those of a model. */
  public static TrainedWeights of(Model model) {
    return of(model.network(), model::layer, WeightSpecs.of(model)::of);
  }

  /** In order; a weight that is shared once, where it is come to first. */
  public List<WeightId> weights() {
    return List.copyOf(weights);
  }

  /** Layers that train and of which nobody knows which weights that are. */
  public List<LayerInstance> unknown() {
    return List.copyOf(unknown);
  }

  private void collect(LayerInstance layer) {
    if (!layer.trainable()) {
      return;
    }
    if (layer.layer() instanceof Network network) {
      network.layers().forEach(id -> collect(layers.apply(id)));
      return;
    }
    specs
        .apply(layer.id())
        .ifPresentOrElse(
            own -> collect(layer, own),
            () -> {
              if (!layer.weights().isEmpty()) {
                unknown.add(layer);
              }
            });
    layer.children().values().forEach(id -> collect(layers.apply(id)));
  }

  private void collect(LayerInstance layer, List<WeightSpec> own) {
    for (WeightSpec spec : own) {
      @Nullable LayerId inner = spec.isOwn() ? null : layer.children().get(spec.inner());
      LayerInstance owner = inner == null ? layer : layers.apply(inner);
      if (spec.trainable() && owner.trainable()) {
        weights.add(new WeightId(owner.id(), spec.name()));
      }
    }
  }
}
