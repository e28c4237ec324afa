package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.BatchNormalization;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.TrainedWeights;
import io.github.weighbridge.core.model.WeightId;
import java.util.Set;

/** The layers of a model of which nothing is trained: no weight, and no statistics either. */
final class FrozenLayers {

  private final Model model;
  private final Set<WeightId> trained;

  private FrozenLayers(Model model, Set<WeightId> trained) {
    this.model = model;
    this.trained = trained;
  }

  /** Those of a model. */
  static FrozenLayers of(Model model) {
    return new FrozenLayers(model, Set.copyOf(TrainedWeights.of(model).weights()));
  }

  /**
   * Whether a layer is one of them: with parameters in DL4J all the same, these are constants.
   *
   * @param outerFrozen whether the model around it is frozen
   */
  boolean has(LayerInstance layer, boolean outerFrozen) {
    boolean own =
        layer.weights().keySet().stream()
            .anyMatch(name -> trained.contains(new WeightId(layer.id(), name)));
    boolean frozen = outerFrozen || !layer.trainable();
    boolean counts = !frozen && layer.layer() instanceof BatchNormalization;
    return !own
        && !counts
        && layer.children().values().stream().allMatch(id -> has(model.layer(id), frozen));
  }
}
