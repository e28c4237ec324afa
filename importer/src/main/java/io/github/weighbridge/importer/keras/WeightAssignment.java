package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.formats.keras.KerasWeights;
import java.util.List;
import java.util.Map;

/**
 * Gives the weights and vocabularies of a file to the layers of a model; everything that does not
 * fit is told.
 */
final class WeightAssignment {

  private final LayerTable table;
  private final WeightCheck check;
  private final StoredWeights form;

  WeightAssignment(LayerTable table, WeightCheck check, StoredWeights form) {
    this.table = table;
    this.check = check;
    this.form = form;
  }

  void assign(Network model, KerasWeights weights, Map<String, List<String>> vocabularies) {
    if (weights instanceof KerasWeights.ByLayer byLayer) {
      new NamedLayerWeights(table, check, form).assign(model, byLayer);
    } else if (weights instanceof KerasWeights.ByPath byPath) {
      new PathWeights(table, check, vocabularies).assign(model, byPath.root());
    } else if (weights instanceof KerasWeights.ByName byName) {
      new PlainArrays(table, check, form).assign(model, byName.arrays());
    }
    check.tell();
  }
}
