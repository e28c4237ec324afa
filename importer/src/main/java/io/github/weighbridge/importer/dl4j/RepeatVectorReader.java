package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.RepeatVector;

/** RepeatVector. */
final class RepeatVectorReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    Value steps = vertex.call("", new RepeatVector(vertex.config().size("n")), vertex.array());
    return VertexReading.sequence(steps, vertex.format("dataFormat", "NCW"));
  }
}
