package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.tensor.WeightRef;
import java.util.LinkedHashMap;
import java.util.Map;

/** ElementWiseMultiplicationLayer: {@code activation(x w + b)}. Parameters: w, b. */
final class ElementWiseMultiplicationReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    int size = vertex.config().size("nout");
    WeightRef factors = vertex.take(size);
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    weights.put("gamma", factors);
    weights.putAll(Biases.weights(vertex.take(size)));
    Signal result = vertex.onFeatures(Biases.scaled(), weights);
    return vertex.activated(result, vertex.activation());
  }
}
