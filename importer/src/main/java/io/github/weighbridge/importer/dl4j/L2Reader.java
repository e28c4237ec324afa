package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import java.util.stream.IntStream;

/** L2Vertex: the distance of two samples, {@code [batch, 1]}. */
final class L2Reader implements VertexReader {

  private static final Tree.Obj NONE = Tree.object();

  @Override
  public Signal read(VertexReading vertex) {
    if (vertex.inputs().size() != 2) {
      throw vertex.refusal("must have two inputs", vertex.inputs().size() + " inputs");
    }
    Value[] values = Alignment.values(vertex, Alignment.view(vertex));
    Value difference = vertex.function("Subtract", NONE, values[0], values[1]);
    Value squares = vertex.function("Multiply", NONE, difference, difference);
    Tree axes = Tree.of(IntStream.range(1, vertex.input().rank()).boxed().toList());
    Value sum = vertex.function("Sum", NONE.with("axis", axes), squares);
    Value column = vertex.function("ExpandDims", NONE.with("axis", Tree.of(1)), sum);
    return Signal.same(vertex.function("Sqrt", NONE, column));
  }
}
