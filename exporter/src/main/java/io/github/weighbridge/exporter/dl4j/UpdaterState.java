package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.OptimizerState;
import io.github.weighbridge.core.model.TrainedWeights;
import io.github.weighbridge.core.model.WeightId;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an optimizer keeps, as DL4J's updater has it: blocks of parameters that stand together and
 * are changed by gradients, each with everything of the first kind, then everything of the second.
 * Statistics of a BatchNormalization are no such parameters, and part the blocks.
 *
 * <p>The state of a weight takes the form of the weight. So the model is translated with states in
 * the place of weights, and once more with zeros in the place of those: what both have in common
 * are constants that the translation brought in, of which there is no state.
 */
final class UpdaterState {

  private final Model model;
  private final Updater updater;
  private final Function<Model, List<Vertex>> translation;
  private final Set<WeightId> trained;

  /**
   * The state of a model's optimizer.
   *
   * @param translation the vertices that a model of these layers becomes, in order
   */
  UpdaterState(Model model, Updater updater, Function<Model, List<Vertex>> translation) {
    this.model = model;
    this.updater = updater;
    this.translation = translation;
    this.trained = Set.copyOf(TrainedWeights.of(model).weights());
  }

  /** The state vector, one array behind the other; none for an updater that keeps nothing. */
  List<WeightRef> arrays() {
    if (updater.state().isEmpty()) {
      return List.of();
    }
    List<Vertex> without = translation.apply(with(null));
    List<List<List<WeightRef>>> kinds = new ArrayList<>();
    for (Updater.Kept kept : updater.state()) {
      kinds.add(blocks(translation.apply(with(kept)), without, kept.offset()));
    }
    List<WeightRef> arrays = new ArrayList<>();
    for (int block = 0; block < kinds.get(0).size(); block++) {
      for (List<List<WeightRef>> kind : kinds) {
        arrays.addAll(kind.get(block));
      }
    }
    return List.copyOf(arrays);
  }

  /** The model with a state in the place of its trained weights, or with zeros. */
  private Model with(Updater.@Nullable Kept kept) {
    List<LayerInstance> layers = new ArrayList<>();
    for (LayerInstance layer : model.layers()) {
      Map<String, WeightRef> weights = new LinkedHashMap<>();
      layer
          .weights()
          .forEach(
              (name, weight) -> {
                WeightId id = new WeightId(layer.id(), name);
                weights.put(name, trained.contains(id) ? of(id, weight, kept) : weight);
              });
      layers.add(layer.withWeights(weights));
    }
    return model.withLayers(layers);
  }

  private WeightRef of(WeightId id, WeightRef weight, Updater.@Nullable Kept kept) {
    if (kept == null) {
      return WeightRef.filled(weight.dtype(), 0, weight.sizes());
    }
    return model
        .optimizerState()
        .flatMap(state -> state.slot(id, kept.slot()))
        .filter(own -> own.type().shape().equals(weight.type().shape()))
        .map(own -> own.cast(weight.dtype()))
        .orElseGet(() -> WeightRef.filled(weight.dtype(), kept.initial(), weight.sizes()));
  }

  private static List<List<WeightRef>> blocks(
      List<Vertex> with, List<Vertex> without, double offset) {
    List<List<WeightRef>> blocks = new ArrayList<>();
    List<WeightRef> block = new ArrayList<>();
    for (int i = 0; i < with.size(); i++) {
      List<WeightRef> parameters = with.get(i).parameters();
      int changed = parameters.size() - with.get(i).statistics();
      for (int k = 0; k < changed; k++) {
        block.add(state(parameters.get(k), without.get(i).parameters().get(k), offset));
      }
      if (changed < parameters.size()) {
        blocks.add(List.copyOf(block));
        block.clear();
      }
    }
    blocks.add(List.copyOf(block));
    return blocks;
  }

  private static WeightRef state(WeightRef with, WeightRef without, double offset) {
    if (without.isZero() && offset == 0) {
      return with;
    }
    return WeightRef.mapped(with.dtype(), x -> x[0] - x[1] + offset, List.of(with, without));
  }

  /** Whether the state holds what the updater needs of every trained weight. */
  static boolean isComplete(Model model, Updater updater) {
    OptimizerState state = model.optimizerState().orElse(null);
    return state != null
        && TrainedWeights.of(model).weights().stream()
            .allMatch(
                id -> updater.state().stream().allMatch(k -> state.slot(id, k.slot()).isPresent()));
  }
}
