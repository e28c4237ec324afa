package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.keras.KerasWeights;
import io.github.weighbridge.formats.keras.NamedWeight;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Weights by layer name, as {@code .h5} files have them: one list for each layer of the model, the
 * weights of nested models and wrapped layers within it.
 *
 * <p>In that list positions count: first what training changes, then the rest, each in the order of
 * the layers. A frozen layer's weights are all of the second kind, so freezing a layer of a nested
 * model moves them (all versions from Keras 2 on).
 */
final class NamedLayerWeights {

  /**
   * An array that the file must have for a weight of a layer.
   *
   * @param key the weight's name, or that of its part where the file has several arrays for it
   */
  private record Slot(LayerInstance layer, String key, WeightSpec spec, boolean trained) {}

  private final LayerTable table;
  private final WeightCheck check;
  private final StoredWeights form;
  private final Map<LayerId, Map<String, WeightRef>> found = new LinkedHashMap<>();
  private final List<Given> given = new ArrayList<>();

  /** A weight and where it goes. */
  private record Given(Slot slot, String fileName) {}

  NamedLayerWeights(LayerTable table, WeightCheck check, StoredWeights form) {
    this.table = table;
    this.check = check;
    this.form = form;
  }

  void assign(Network model, KerasWeights.ByLayer weights) {
    Map<LayerId, KerasWeights.Layer> stored = new MatchedLayers(table, check).match(model, weights);
    for (LayerId id : model.layers()) {
      List<Slot> slots = new ArrayList<>();
      List<LayerInstance> unknown = new ArrayList<>();
      collect(table.get(id), true, slots, unknown);
      KerasWeights.Layer layer = stored.get(id);
      List<NamedWeight> remaining = new ArrayList<>(layer == null ? List.of() : layer.weights());
      takeUnknown(table.get(id), unknown, remaining);
      List<Slot> ordered = new ArrayList<>(slots.stream().filter(Slot::trained).toList());
      ordered.addAll(slots.stream().filter(slot -> !slot.trained()).toList());
      if (ordered.size() == remaining.size()) {
        byPosition(ordered, remaining);
      } else {
        byName(table.get(id), ordered, remaining);
      }
    }
    found.replaceAll((id, own) -> form.toPlain(table.get(id).layer(), own));
    given.forEach(this::compare);
    found.forEach(table::setWeights);
  }

  /** The weights of a layer and of those within it, layer by layer. */
  private void collect(
      LayerInstance layer, boolean trained, List<Slot> slots, List<LayerInstance> unknown) {
    boolean trains = trained && layer.trainable();
    if (layer.layer() instanceof Network network) {
      network.layers().forEach(id -> collect(table.get(id), trains, slots, unknown));
      return;
    }
    table
        .expected(layer.id())
        .ifPresentOrElse(specs -> collect(layer, specs, trains, slots), () -> unknown.add(layer));
    layer.children().values().forEach(id -> collect(table.get(id), trains, slots, unknown));
  }

  /** A weight that a layer holds together with an inner one stands where the outer has it. */
  private void collect(
      LayerInstance layer, List<WeightSpec> specs, boolean trains, List<Slot> slots) {
    for (String key : form.keys(layer.layer(), specs)) {
      WeightSpec spec = weightOf(key, specs);
      @Nullable LayerId inner = spec.isOwn() ? null : layer.children().get(spec.inner());
      LayerInstance owner = inner == null ? layer : table.get(inner);
      boolean known = slots.stream().anyMatch(s -> s.layer().equals(owner) && s.key().equals(key));
      if (!known) {
        slots.add(new Slot(owner, key, spec, trains && owner.trainable() && spec.trainable()));
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
          Map<String, WeightRef> of =
              found.computeIfAbsent(layer.id(), id -> new LinkedHashMap<>());
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
    given.add(new Given(slot, weight.name()));
    table.noteStoredName(slot.layer().id(), slot.key(), weight.name());
    found
        .computeIfAbsent(slot.layer().id(), id -> new LinkedHashMap<>())
        .put(slot.key(), weight.weight());
  }

  /** A weight of which the file lacks a part has been told. */
  private void compare(Given weight) {
    Slot slot = weight.slot();
    WeightRef own = found.getOrDefault(slot.layer().id(), Map.of()).get(slot.spec().name());
    if (own != null) {
      check.compare(slot.layer(), slot.spec(), own, weight.fileName());
    }
  }

  /** {@code kernel} of {@code dense_1/kernel:0}. */
  private static String shortName(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    int colon = last.indexOf(':');
    return colon < 0 ? last : last.substring(0, colon);
  }
}
