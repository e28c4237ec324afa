package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.training.Compilation;
import io.github.weighbridge.core.training.LayerTraining;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The updater of each layer: that of the optimizer which the model was compiled with, where the
 * model's settings have none of the layer's own.
 *
 * @param common of all other layers, and of those that are put behind the model's
 * @param own by layer
 */
record LayerUpdaters(Updater common, Map<LayerId, Updater> own) {

  /** Copies the map. */
  LayerUpdaters {
    own = Map.copyOf(own);
  }

  /** Those of a model; what DL4J does otherwise is told. */
  static LayerUpdaters of(Model model, Problems problems) {
    Place place = Place.file(model.provenance().file());
    Updaters updaters = new Updaters(model.optimizerState(), place, problems);
    Updater common =
        model
            .compilation()
            .flatMap(Compilation::innerOptimizer)
            .map(updaters::of)
            .orElse(Updater.PLAIN);
    Map<LayerTraining, Updater> known = new HashMap<>();
    Map<LayerId, Updater> own = new LinkedHashMap<>();
    model
        .trainingSettings()
        .layers()
        .forEach((id, training) -> own.put(id, known.computeIfAbsent(training, updaters::of)));
    return new LayerUpdaters(common, own);
  }

  /** That of a layer. */
  Updater of(LayerId layer) {
    return own.getOrDefault(layer, common);
  }

  /** Every one of them. */
  List<Updater> all() {
    return Stream.concat(Stream.of(common), own.values().stream()).distinct().toList();
  }
}
