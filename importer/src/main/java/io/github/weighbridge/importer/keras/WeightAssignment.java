package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problems;
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

  WeightAssignment(LayerTable table, Place file, Problems problems) {
    this.table = table;
    this.check = new WeightCheck(file, problems);
  }

  void assign(
      Network model,
      KerasWeights weights,
      StoredWeights form,
      Map<String, List<String>> vocabularies) {
    if (weights instanceof KerasWeights.ByLayer byLayer) {
      new NamedLayerWeights(table, check, form).assign(model, byLayer);
    } else if (weights instanceof KerasWeights.ByPath byPath) {
      new PathWeights(table, check, vocabularies).assign(model, byPath.root());
    }
  }
}
