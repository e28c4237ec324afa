package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** UnstackVertex: one of so many equal parts of the samples. */
final class UnstackReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    int part = vertex.config().size("from");
    int parts = vertex.config().size("stackSize");
    if (part >= parts) {
      throw vertex.config().invalid("from", "must lie below 'stackSize'");
    }
    Signal input = vertex.input();
    List<Tree> sizes = new ArrayList<>(List.of(Tree.of(parts), Tree.of(-1)));
    Shape shape = vertex.shape();
    for (Dim dim : shape.slice(1, shape.rank()).dims()) {
      if (!dim.isFixed()) {
        throw vertex.refusal("must have samples of known size", shape.toString());
      }
      sizes.add(Tree.of(dim.size()));
    }
    // No batch is known here: an axis of the parts stands before it, and one of them is taken.
    Value stacked =
        vertex.function("Reshape", Tree.object().with("newshape", Tree.of(sizes)), input.value());
    Value taken = vertex.function("GetItem", Tree.object(), stacked, List.of(part));
    return new Signal(taken, input.view());
  }
}
