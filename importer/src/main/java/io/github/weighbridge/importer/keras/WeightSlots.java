package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.model.LayerInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The arrays that files keep for a layer and for all within it: layer by layer, or as HDF5 and the
 * {@code get_weights()} of multi-backend Keras have them, first what training changes.
 */
final class WeightSlots {

  private final LayerTable table;
  private final StoredWeights form;
  private final List<Slot> slots = new ArrayList<>();
  private final List<LayerInstance> unknown = new ArrayList<>();

  /**
   * An array that the file must have for a weight of a layer.
   *
   * @param inner the inner layers that lead to it, outermost first
   * @param key the weight's name, or that of its part where the file has several arrays for it
   * @param trained whether training changes it, and its layer is not frozen
   */
  record Slot(
      LayerInstance layer, List<Inner> inner, String key, WeightSpec spec, boolean trained) {}

  /** An inner layer: by the attribute that holds it, and by its name. */
  record Inner(String attribute, String name) {}

  private WeightSlots(LayerTable table, StoredWeights form) {
    this.table = table;
    this.form = form;
  }

  /** Those of a layer, as a file of a form has them. */
  static WeightSlots of(LayerInstance layer, LayerTable table, StoredWeights form) {
    WeightSlots slots = new WeightSlots(table, form);
    slots.collect(layer, List.of(), true);
    return slots;
  }

  /** Layer by layer. */
  List<Slot> inOrder() {
    return slots;
  }

  /** What training changes, then the rest: a frozen layer's are all of the second kind. */
  List<Slot> trainedFirst() {
    return Stream.concat(
            slots.stream().filter(Slot::trained), slots.stream().filter(slot -> !slot.trained()))
        .toList();
  }

  /** The layers among them whose weights nobody can foretell. */
  List<LayerInstance> unknown() {
    return unknown;
  }

  private void collect(LayerInstance layer, List<Inner> inner, boolean trained) {
    boolean trains = trained && layer.trainable();
    if (layer.layer() instanceof Network network) {
      for (LayerId id : network.layers()) {
        LayerInstance member = table.get(id);
        collect(member, with(inner, new Inner(member.name(), member.name())), trains);
      }
      return;
    }
    table
        .expected(layer.id())
        .ifPresentOrElse(specs -> collect(layer, inner, specs, trains), () -> unknown.add(layer));
    layer
        .children()
        .forEach(
            (attribute, id) -> {
              LayerInstance child = table.get(id);
              collect(child, with(inner, new Inner(attribute, child.name())), trains);
            });
  }

  /** A weight that a layer holds together with an inner one stands where the outer has it. */
  private void collect(
      LayerInstance layer, List<Inner> inner, List<WeightSpec> specs, boolean trains) {
    for (String key : form.keys(layer.layer(), specs)) {
      WeightSpec spec = weightOf(key, specs);
      LayerId holder = spec.isOwn() ? null : layer.children().get(spec.inner());
      LayerInstance owner = holder == null ? layer : table.get(holder);
      boolean known =
          slots.stream().anyMatch(s -> s.layer().id().equals(owner.id()) && s.key().equals(key));
      if (!known) {
        boolean slotTrains = trains && owner.trainable() && spec.trainable();
        slots.add(new Slot(owner, inner, key, spec, slotTrains));
      }
    }
  }

  /** The weight that an array is, or is a part of. */
  private static WeightSpec weightOf(String key, List<WeightSpec> specs) {
    return specs.stream()
        .filter(spec -> key.equals(spec.name()))
        .findFirst()
        .or(() -> specs.stream().filter(spec -> key.startsWith(spec.name() + "_")).findFirst())
        .orElseThrow(() -> new IllegalStateException("no weight has the part " + key));
  }

  private static List<Inner> with(List<Inner> outer, Inner inner) {
    List<Inner> all = new ArrayList<>(outer);
    all.add(inner);
    return List.copyOf(all);
  }
}
