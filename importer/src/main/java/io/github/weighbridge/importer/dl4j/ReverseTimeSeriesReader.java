package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.lowering.KerasFunctions;

/** ReverseTimeSeriesVertex, of sequences without masks. */
final class ReverseTimeSeriesReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    vertex.requireRank(vertex.input(), 3);
    Signal input = vertex.input();
    int steps = input.view() == Signal.View.FEATURES_FIRST ? 1 : 2;
    KerasOperation flip =
        new KerasOperation(
            KerasFunctions.named("Flip").orElseThrow(),
            Tree.object().with("axis", Tree.of(steps)),
            Tree.object());
    return new Signal(vertex.call("", flip, input.value()), input.view());
  }
}
