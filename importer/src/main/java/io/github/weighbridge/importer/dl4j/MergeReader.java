package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Concatenate;
import io.github.weighbridge.core.layer.MaskRule;
import io.github.weighbridge.core.tensor.Shape;

/** MergeVertex: inputs side by side along an axis of DL4J's arrays. */
final class MergeReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    if (vertex.inputs().size() == 1) {
      return vertex.input();
    }
    Signal.View view = Alignment.view(vertex);
    Value[] values = Alignment.values(vertex, view);
    int rank = vertex.input().rank();
    int axis = vertex.config().size("mergeAxis", isJoinable(values, 1) ? 1 : rank - 1);
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

  /** Whether arrays differ along an axis only: before 1.0.0-M1.1 the file names none. */
  private static boolean isJoinable(Value[] values, int axis) {
    Shape first = values[0].type().shape();
    for (Value value : values) {
      Shape other = value.type().shape();
      if (other.rank() != first.rank() || !other.withDim(axis, first.dim(axis)).equals(first)) {
        return false;
      }
    }
    return true;
  }
}
