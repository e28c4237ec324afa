package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an optimizer keeps, as DL4J's updaters have it: blocks of parameters that stand together and
 * are changed by gradients in the same way, each with everything of the first kind, then everything
 * of the second. Statistics of a BatchNormalization are no such parameters, and part the blocks.
 *
 * <p>The state of a weight takes the form of the weight. So the model is translated with states in
 * the place of weights, and once more with zeros in the place of those: what both have in common
 * are constants that the translation brought in, of which there is no state.
 */
final class UpdaterState {

  private final Model model;
  private final LayerUpdaters updaters;
  private final Function<Model, List<Vertex>> translation;
  private final Set<WeightId> trained;

  /**
   * The state of a model's optimizer.
   *
   * @param translation the vertices that a model of these layers becomes, in order
   */
  UpdaterState(Model model, LayerUpdaters updaters, Function<Model, List<Vertex>> translation) {
    this.model = model;
    this.updaters = updaters;
    this.translation = translation;
    this.trained = Set.copyOf(TrainedWeights.of(model).weights());
  }

  /** The state vector, one array behind the other; none for updaters that keep nothing. */
  List<WeightRef> arrays() {
    int kinds = updaters.all().stream().mapToInt(own -> own.state().size()).max().orElse(0);
    if (kinds == 0) {
      return List.of();
    }
    List<Vertex> without = translation.apply(with(-1));
    List<List<Vertex>> with = new ArrayList<>();
    for (int kind = 0; kind < kinds; kind++) {
      with.add(translation.apply(with(kind)));
    }
    List<WeightRef> arrays = new ArrayList<>();
    for (Block block : blocks(without)) {
      List<Updater.Kept> kept = block.updater().state();
      for (int kind = 0; kind < kept.size(); kind++) {
        for (Place place : block.places()) {
          arrays.add(state(place.in(with.get(kind)), place.in(without), kept.get(kind).offset()));
        }
      }
    }
    return List.copyOf(arrays);
  }

  /** Where a parameter is: the number of its vertex, and its own there. */
  private record Place(int vertex, int parameter) {
    WeightRef in(List<Vertex> vertices) {
      return vertices.get(vertex).parameters().get(parameter);
    }
  }

  /** Parameters that stand together and are changed in the same way. */
  private record Block(Updater updater, List<Place> places) {}

  private List<Block> blocks(List<Vertex> vertices) {
    List<Block> blocks = new ArrayList<>();
    boolean open = false;
    for (int i = 0; i < vertices.size(); i++) {
      Vertex vertex = vertices.get(i);
      int changed = vertex.parameters().size() - vertex.statistics();
      for (int k = 0; k < changed; k++) {
        Updater updater = updater(vertex);
        if (!open || !blocks.get(blocks.size() - 1).updater().config().equals(updater.config())) {
          blocks.add(new Block(updater, new ArrayList<>()));
        }
        blocks.get(blocks.size() - 1).places().add(new Place(i, k));
        open = true;
      }
      open &= vertex.statistics() == 0;
    }
    return blocks;
  }

  /** The updater that a vertex was written with. */
  private Updater updater(Vertex vertex) {
    Tree.Obj config = vertex.innermost();
    return updaters.all().stream()
        .filter(own -> config.get("iupdater").equals(Optional.of(own.config())))
        .findFirst()
        .orElse(updaters.common());
  }

  /** The model with a kind of state in the place of its trained weights; zeros for none. */
  private Model with(int kind) {
    List<LayerInstance> layers = new ArrayList<>();
    for (LayerInstance layer : model.layers()) {
      List<Updater.Kept> kept = updaters.of(layer.id()).state();
      Updater.@Nullable Kept own = kind >= 0 && kind < kept.size() ? kept.get(kind) : null;
      Map<String, WeightRef> weights = new LinkedHashMap<>();
      layer
          .weights()
          .forEach(
              (name, weight) -> {
                WeightId id = new WeightId(layer.id(), name);
                weights.put(name, trained.contains(id) ? of(id, weight, own) : weight);
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

  private static WeightRef state(WeightRef with, WeightRef without, double offset) {
    if (without.isZero() && offset == 0) {
      return with;
    }
    return WeightRef.mapped(with.dtype(), x -> x[0] - x[1] + offset, List.of(with, without));
  }

  /** Whether the state holds what the updaters need of every trained weight. */
  static boolean isComplete(Model model, LayerUpdaters updaters) {
    OptimizerState state = model.optimizerState().orElse(null);
    return state != null
        && TrainedWeights.of(model).weights().stream()
            .allMatch(
                id ->
                    updaters.of(id.layer()).state().stream()
                        .allMatch(k -> state.slot(id, k.slot()).isPresent()));
  }
}
