package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.keras.KerasWeights;
import io.github.weighbridge.formats.keras.NamedWeight;
import io.github.weighbridge.importer.keras.WeightSlots.Slot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Weights by layer name, as {@code .h5} files have them: one list for each layer of the model, the
 * weights of nested models and wrapped layers within it.
 *
 * <p>In that list positions count: first what training changes, then the rest, each in the order of
 * the layers. A frozen layer's weights are all of the second kind, so freezing a layer of a nested
 * model moves them (all versions from Keras 2 on).
 */
final class NamedLayerWeights {

  private final LayerTable table;
  private final WeightCheck check;
  private final StoredWeights form;
  private final GivenWeights given;

  NamedLayerWeights(LayerTable table, WeightCheck check, StoredWeights form) {
    this.table = table;
    this.check = check;
    this.form = form;
    this.given = new GivenWeights(table, check, form);
  }

  void assign(Network model, KerasWeights.ByLayer weights) {
    Map<LayerId, KerasWeights.Layer> stored = new MatchedLayers(table, check).match(model, weights);
    for (LayerId id : model.layers()) {
      WeightSlots slots = WeightSlots.of(table.get(id), table, form);
      KerasWeights.Layer layer = stored.get(id);
      List<NamedWeight> remaining = new ArrayList<>(layer == null ? List.of() : layer.weights());
      takeUnknown(table.get(id), slots.unknown(), remaining);
      List<Slot> ordered = slots.trainedFirst();
      if (ordered.size() == remaining.size()) {
        byPosition(ordered, remaining);
      } else {
        byName(table.get(id), ordered, remaining);
      }
    }
    given.assign();
  }

  /**
   * Layers whose weights nobody can foretell take what bears their name, or everything if they are
   * not part of another.
   */
  private void takeUnknown(
      LayerInstance outer, List<LayerInstance> unknown, List<NamedWeight> remaining) {
    for (LayerInstance layer : unknown) {
      Iterator<NamedWeight> weights = remaining.iterator();
      while (weights.hasNext()) {
        NamedWeight weight = weights.next();
        boolean own =
            layer.id().equals(outer.id())
                || weight.name().startsWith(layer.name() + "/")
                || weight.name().contains("/" + layer.name() + "/");
        if (own) {
          Map<String, WeightRef> of = given.of(layer.id());
          String name = shortName(weight.name());
          of.put(of.containsKey(name) ? weight.name() : name, weight.weight());
          weights.remove();
        }
      }
    }
  }

  private void byPosition(List<Slot> slots, List<NamedWeight> weights) {
    for (int i = 0; i < slots.size(); i++) {
      give(slots.get(i), weights.get(i));
    }
  }

  /** Only to tell which are missing and which too many. */
  private void byName(LayerInstance outer, List<Slot> slots, List<NamedWeight> weights) {
    List<NamedWeight> remaining = new ArrayList<>(weights);
    for (Slot slot : slots) {
      NamedWeight match =
          remaining.stream()
              .filter(weight -> shortName(weight.name()).equals(slot.key()))
              .findFirst()
              .orElse(null);
      if (match == null && slot.spec().optional()) {
        continue;
      }
      if (match == null) {
        String names = String.join(", ", weights.stream().map(NamedWeight::name).toList());
        check.missing(
            slot.layer(),
            slot.spec(),
            weights.isEmpty() ? "no weights of the layer" : "only " + names);
      } else {
        remaining.remove(match);
        give(slot, match);
      }
    }
    remaining.forEach(weight -> check.unexpected(outer, weight.name(), weight.weight()));
  }

  private void give(Slot slot, NamedWeight weight) {
    given.give(slot, weight.name(), weight.weight());
  }

  /** {@code kernel} of {@code dense_1/kernel:0}. */
  static String shortName(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    int colon = last.indexOf(':');
    return colon < 0 ? last : last.substring(0, colon);
  }
}
