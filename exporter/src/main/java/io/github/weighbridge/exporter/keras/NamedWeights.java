package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.formats.keras.KerasWeights;
import io.github.weighbridge.formats.keras.NamedWeight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weights by layer name, as {@code .h5} files have them: for each layer of the model one list, what
 * training changes before the rest; positions count, names are for people.
 */
final class NamedWeights {

  /** A weight with its name in the file. */
  private record Slot(String name, LayerWeights.Stored stored, boolean trained) {}

  private final LayerWeights weights;
  private final String suffix;

  private NamedWeights(LayerWeights weights, String suffix) {
    this.weights = weights;
    this.suffix = suffix;
  }

  /**
   * The weights of a model that is spelled so.
   *
   * @param suffix behind each name: {@code :0} with TensorFlow's variables
   */
  static KerasWeights.ByLayer of(LayerWeights weights, Tree.Obj spelled, String suffix) {
    NamedWeights named = new NamedWeights(weights, suffix);
    List<KerasWeights.Layer> layers = new ArrayList<>();
    for (Map.Entry<Tree.Obj, LayerInstance> layer :
        LayerWeights.layers(weights.model(), weights.model().network(), spelled)) {
      layers.add(named.layer(layer.getValue()));
    }
    return new KerasWeights.ByLayer(layers, List.of());
  }

  private KerasWeights.Layer layer(LayerInstance layer) {
    List<Slot> slots = new ArrayList<>();
    collect(layer, layer.name(), true, slots, new HashSet<>());
    List<NamedWeight> ordered = new ArrayList<>();
    for (boolean trained : new boolean[] {true, false}) {
      slots.stream()
          .filter(slot -> slot.trained() == trained)
          .forEach(slot -> ordered.add(new NamedWeight(slot.name(), slot.stored().weight())));
    }
    return new KerasWeights.Layer(layer.name(), ordered);
  }

  private void collect(
      LayerInstance layer, String path, boolean trained, List<Slot> slots, Set<String> known) {
    boolean trains = trained && layer.trainable();
    if (layer.layer() instanceof Network network) {
      for (var id : LayerOrder.of(network)) {
        LayerInstance inner = weights.model().layer(id);
        collect(inner, path + "/" + inner.name(), trains, slots, known);
      }
      return;
    }
    for (LayerWeights.Stored stored : weights.of(layer)) {
      // A weight that a layer holds together with an inner one stands where the outer has it.
      if (known.add(stored.owner().id() + stored.name())) {
        String part = stored.part().isEmpty() ? "" : "/" + stored.part();
        slots.add(
            new Slot(
                path + part + "/" + stored.name() + suffix,
                stored,
                trains && stored.owner().trainable() && stored.trained()));
      }
    }
    for (var id : layer.children().values()) {
      LayerInstance inner = weights.model().layer(id);
      collect(inner, path + "/" + inner.name(), trains, slots, known);
    }
  }
}
