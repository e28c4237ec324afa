package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Concatenate;
import io.github.weighbridge.core.layer.MaskRule;

/** MergeVertex: inputs side by side along an axis of DL4J's arrays. */
final class MergeReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    if (vertex.inputs().size() == 1) {
      return vertex.input();
    }
    int axis = vertex.config().size("mergeAxis", 1);
    Signal.View view = Alignment.view(vertex);
    Value[] values = Alignment.values(vertex, view);
    int rank = vertex.input().rank();
    int own =
        switch (view) {
          case SAME -> axis;
          case FEATURES_FIRST -> axis == 0 ? 0 : rank - axis;
          case FLAT_STEPS -> axis == 0 ? 0 : axis + 1;
        };
    if (own == 0 || own >= rank) {
      throw vertex.config().unsupported("mergeAxis", "must be an axis behind the batch");
    }
    return new Signal(vertex.call("", new Concatenate(own, MaskRule.ANY), values), view);
  }
}
