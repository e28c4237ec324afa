package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.DataFormat;

/** LastTimeStepVertex, of sequences without masks. */
final class LastTimeStepVertexReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    vertex.requireRank(vertex.input(), 3);
    return Signal.same(LastSteps.of(vertex, vertex.input(), DataFormat.CHANNELS_FIRST));
  }
}
