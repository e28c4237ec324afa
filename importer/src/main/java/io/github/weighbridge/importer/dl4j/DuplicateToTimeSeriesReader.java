package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import java.util.List;

/** DuplicateToTimeSeriesVertex: a vector at every step of another sequence, the second input. */
final class DuplicateToTimeSeriesReader implements VertexReader {

  private static final Tree.Obj NONE = Tree.object();

  @Override
  public Signal read(VertexReading vertex) {
    if (vertex.inputs().size() < 2) {
      throw vertex.config().invalid("inputName", "must name the sequence whose steps are taken");
    }
    vertex.requireRank(vertex.input(), 2);
    Signal like = vertex.inputs().get(1);
    Value steps = vertex.withInputs(List.of(like)).sequence(DataFormat.CHANNELS_FIRST);
    Value zeros = vertex.function("ZerosLike", NONE, Slices.of(vertex, steps, 2, 0, 1));
    Value once = vertex.function("ExpandDims", NONE.with("axis", Tree.of(1)), vertex.array());
    return VertexReading.sequence(
        vertex.function("Add", NONE, once, zeros), DataFormat.CHANNELS_FIRST);
  }
}
