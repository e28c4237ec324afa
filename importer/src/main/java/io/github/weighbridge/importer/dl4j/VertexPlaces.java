package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.model.LayerInstance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which vertex each layer was read from, and each part of the parameters. Not thread-safe. */
final class VertexPlaces {

  private final Map<LayerId, Dl4jVertex> ofLayer = new LinkedHashMap<>();
  private final List<Dl4jVertex> ofParts = new ArrayList<>();

  /**
   * Notes that a vertex was read: what was not there before is of it.
   *
   * @param layers all so far
   * @param parts of the parameters, all so far
   */
  void read(Dl4jVertex vertex, Collection<LayerInstance> layers, int parts) {
    layers.forEach(layer -> ofLayer.putIfAbsent(layer.id(), vertex));
    ofParts.addAll(Collections.nCopies(parts - ofParts.size(), vertex));
  }

  /** The vertex that a layer was read from. */
  Optional<Dl4jVertex> ofLayer(LayerId layer) {
    return Optional.ofNullable(ofLayer.get(layer));
  }

  /** For each part of the parameters, the vertex that it was taken for. */
  List<Dl4jVertex> ofParts() {
    return List.copyOf(ofParts);
  }

  /** The vertices with parameters, in their order. */
  List<Dl4jVertex> ofParameters() {
    return ofParts.stream().distinct().toList();
  }
}
