package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import java.util.List;

/** TimeDistributed of a layer on the features of each step. */
final class TimeDistributedReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    DataFormat format = vertex.format("rnnDataFormat", "NCW");
    Value sequence = steps(vertex, format);
    VertexReading inner =
        vertex
            .within(config.object("underlying"))
            .withInputs(List.of(new Signal(sequence, Signal.View.FLAT_STEPS)));
    Signal result = Dl4jReaders.read(inner);
    return vertex.input().view() == Signal.View.FLAT_STEPS
        ? result
        : VertexReading.sequence(result.value(), format);
  }

  /** What the steps are taken from; within another such layer they are steps of steps. */
  private static Value steps(VertexReading vertex, DataFormat format) {
    if (vertex.input().view() == Signal.View.FLAT_STEPS) {
      return vertex.input().value();
    }
    return vertex.input().rank() == 3 ? vertex.sequence(format) : vertex.array();
  }
}
