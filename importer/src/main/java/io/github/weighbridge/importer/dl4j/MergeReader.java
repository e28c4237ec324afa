package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Concatenate;
import io.github.weighbridge.core.layer.MaskRule;
import io.github.weighbridge.core.tensor.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

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
    int own = new Signal(values[0], view).axis(axis);
    if (view == Signal.View.SAME && !vertex.config().given("mergeAxis")) {
      // Before there was the property, images were merged along their channels, wherever they are.
      own = joinable(values, 1) ? 1 : rank - 1;
    }
    if (own == 0 || own >= rank) {
      throw vertex.config().unsupported("mergeAxis", "must be an axis behind the batch");
    }
    return new Signal(vertex.call("", new Concatenate(own, MaskRule.ANY), values), view);
  }

  private static boolean joinable(Value[] values, int axis) {
    Shape first = values[0].type().shape();
    return Arrays.stream(values)
        .map(value -> value.type().shape())
        .allMatch(
            shape ->
                shape.rank() == first.rank()
                    && IntStream.range(0, first.rank())
                        .filter(i -> i != axis)
                        .allMatch(
                            i ->
                                !shape.dim(i).isFixed()
                                    || !first.dim(i).isFixed()
                                    || shape.dim(i).equals(first.dim(i))));
  }
}
