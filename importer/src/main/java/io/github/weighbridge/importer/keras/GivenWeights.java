package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.importer.keras.WeightSlots.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arrays that were found for layers, until all are there and can be compared. */
final class GivenWeights {

  private final LayerTable table;
  private final WeightCheck check;
  private final StoredWeights form;
  private final Map<LayerId, Map<String, WeightRef>> found = new LinkedHashMap<>();
  private final List<Given> given = new ArrayList<>();

  /** An array and where it goes. */
  private record Given(Slot slot, String fileName) {}

  GivenWeights(LayerTable table, WeightCheck check, StoredWeights form) {
    this.table = table;
    this.check = check;
    this.form = form;
  }

  void give(Slot slot, String fileName, WeightRef weight) {
    given.add(new Given(slot, fileName));
    table.noteStoredName(slot.layer().id(), slot.key(), fileName);
    of(slot.layer().id()).put(slot.key(), weight);
  }

  /** What was found for a layer. */
  Map<String, WeightRef> of(LayerId layer) {
    return found.computeIfAbsent(layer, id -> new LinkedHashMap<>());
  }

  /** Gives the layers their weights, in the form that they have themselves. */
  void assign() {
    found.replaceAll((id, own) -> new LinkedHashMap<>(form.toPlain(table.get(id).layer(), own)));
    given.forEach(this::compare);
    found.forEach(table::addWeights);
  }

  /** A weight of which the file lacks a part has been told. */
  private void compare(Given weight) {
    Slot slot = weight.slot();
    Map<String, WeightRef> weights = of(slot.layer().id());
    WeightRef own = weights.get(slot.spec().name());
    if (own != null && !check.compare(slot.layer(), slot.spec(), own, weight.fileName())) {
      weights.remove(slot.spec().name());
    }
  }
}
