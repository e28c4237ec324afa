package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.keras.NamedWeight;
import io.github.weighbridge.importer.keras.WeightSlots.Inner;
import io.github.weighbridge.importer.keras.WeightSlots.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Weights as plain arrays: by the order of {@code model.get_weights()} where their names are {@code
 * arr_0}, {@code arr_1}..., else by name.
 *
 * <p>A name begins with the layer's, behind those of the models that it is in, or of the innermost
 * of them: {@code outer/dense/kernel}, {@code dense/kernel}, {@code dense/kernel:0}. What follows
 * are inner layers, by attribute or by name, and the weight: {@code
 * bidirectional/forward_layer/kernel}, {@code bidirectional/forward_lstm/lstm_cell/kernel:0}. The
 * file's order only counts among weights that one layer has and whose names say nothing.
 */
final class PlainArrays {

  private static final String POSITIONAL = "arr_[0-9]{1,9}";

  private final LayerTable table;
  private final WeightCheck check;
  private final StoredWeights form;
  private final GivenWeights given;

  /** A layer that is no model, and where in the models it stands. */
  private record Unit(List<String> path, LayerInstance layer) {}

  PlainArrays(LayerTable table, WeightCheck check, StoredWeights form) {
    this.table = table;
    this.check = check;
    this.form = form;
    this.given = new GivenWeights(table, check, form);
  }

  void assign(Network model, Map<String, WeightRef> arrays) {
    boolean positional = arrays.keySet().stream().allMatch(name -> name.matches(POSITIONAL));
    if (positional && !arrays.isEmpty()) {
      byPosition(model, arrays);
    } else {
      byName(model, arrays);
    }
    given.assign();
  }

  private void byPosition(Network model, Map<String, WeightRef> arrays) {
    List<Slot> slots = new ArrayList<>();
    for (LayerId id : model.layers()) {
      WeightSlots layer = WeightSlots.of(table.get(id), table, form);
      slots.addAll(form.trainedFirst() ? layer.trainedFirst() : layer.inOrder());
    }
    if (check.byName() || slots.size() != arrays.size()) {
      check.unsuitable(
          check.byName()
              ? "must have names of layers, being matched by name"
              : "must have " + slots.size() + " arrays, the weights of the model",
          arrays.size() + " arrays by number",
          "name the arrays as the weights of the model");
      return;
    }
    List<String> names = new ArrayList<>(arrays.keySet());
    names.sort(Comparator.comparingInt(name -> Integer.parseInt(name.substring(4))));
    for (int i = 0; i < slots.size(); i++) {
      give(slots.get(i), new NamedWeight(names.get(i), weight(arrays, names.get(i))));
    }
  }

  private static WeightRef weight(Map<String, WeightRef> arrays, String name) {
    WeightRef weight = arrays.get(name);
    if (weight == null) {
      throw new IllegalStateException("no array " + name);
    }
    return weight;
  }

  private void byName(Network model, Map<String, WeightRef> arrays) {
    List<NamedWeight> remaining = new ArrayList<>();
    arrays.forEach((name, weight) -> remaining.add(new NamedWeight(name, weight)));
    List<Unit> units = new ArrayList<>();
    collect(model, List.of(model.graph().name()), units);
    int deepest = units.stream().mapToInt(unit -> unit.path().size()).max().orElse(0);
    // Whole paths before their ends: the end of one may be the whole of another.
    for (int dropped = 0; dropped < deepest; dropped++) {
      for (Iterator<Unit> left = units.iterator(); left.hasNext(); ) {
        Unit unit = left.next();
        if (unit.path().size() > dropped && take(unit, dropped, remaining)) {
          left.remove();
        }
      }
    }
    for (Unit unit : units) {
      slots(unit)
          .forEach(slot -> check.missing(slot.layer(), slot.spec(), "no weights of the layer"));
    }
    remaining.forEach(weight -> check.unexpected(weight.name(), weight.weight()));
  }

  private void collect(Network network, List<String> outer, List<Unit> units) {
    for (LayerId id : network.layers()) {
      LayerInstance layer = table.get(id);
      List<String> path = new ArrayList<>(outer);
      path.add(layer.name());
      if (layer.layer() instanceof Network inner) {
        collect(inner, path, units);
      } else {
        units.add(new Unit(path, layer));
      }
    }
  }

  private List<Slot> slots(Unit unit) {
    return WeightSlots.of(unit.layer(), table, form).trainedFirst();
  }

  /** Gives a layer the arrays under its path without its first names; false if there are none. */
  private boolean take(Unit unit, int dropped, List<NamedWeight> remaining) {
    List<String> path = unit.path().subList(dropped, unit.path().size());
    String prefix = String.join("/", path) + "/";
    List<NamedWeight> own =
        new ArrayList<>(remaining.stream().filter(w -> w.name().startsWith(prefix)).toList());
    if (own.isEmpty()) {
      return false;
    }
    remaining.removeAll(own);
    WeightSlots slots = WeightSlots.of(unit.layer(), table, form);
    if (!slots.unknown().isEmpty()) {
      own.forEach(
          weight ->
              given
                  .of(unit.layer().id())
                  .put(weight.name().substring(prefix.length()), weight.weight()));
      return true;
    }
    List<Slot> open = new ArrayList<>(slots.trainedFirst());
    for (Iterator<Slot> left = open.iterator(); left.hasNext(); ) {
      Slot slot = left.next();
      List<NamedWeight> fitting =
          own.stream().filter(w -> names(w.name().substring(prefix.length()), slot)).toList();
      if (fitting.size() == 1) {
        give(slot, fitting.get(0));
        own.remove(fitting.get(0));
        left.remove();
      }
    }
    if (open.size() == own.size()) {
      for (int i = 0; i < open.size(); i++) {
        give(open.get(i), own.get(i));
      }
    } else {
      String found =
          own.isEmpty()
              ? "other weights of the layer"
              : "only " + String.join(", ", own.stream().map(NamedWeight::name).toList());
      open.stream()
          .filter(slot -> !slot.spec().optional())
          .forEach(slot -> check.missing(slot.layer(), slot.spec(), found));
      own.forEach(weight -> check.unexpected(unit.layer(), weight.name(), weight.weight()));
    }
    return true;
  }

  /**
   * Whether what stands behind a layer's name leads to a weight: ends with its name, and begins
   * with its inner layers.
   */
  private static boolean names(String rest, Slot slot) {
    if (!NamedLayerWeights.shortName(rest).equals(slot.key())) {
      return false;
    }
    String path = rest;
    for (Inner inner : slot.inner()) {
      String found =
          path.startsWith(inner.attribute() + "/")
              ? inner.attribute()
              : path.startsWith(inner.name() + "/") ? inner.name() : null;
      if (found == null) {
        return false;
      }
      path = path.substring(found.length() + 1);
    }
    return true;
  }

  private void give(Slot slot, NamedWeight weight) {
    given.give(slot, weight.name(), weight.weight());
  }
}
