package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import java.util.List;

/** StackVertex: the samples of all inputs behind each other. */
final class StackReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    if (vertex.inputs().size() == 1) {
      return vertex.input();
    }
    Signal.View view = Alignment.view(vertex);
    return new Signal(
        vertex.functionOfAll(
            "Concatenate",
            Tree.object().with("axis", Tree.of(0)),
            List.of(Alignment.values(vertex, view))),
        view);
  }
}
