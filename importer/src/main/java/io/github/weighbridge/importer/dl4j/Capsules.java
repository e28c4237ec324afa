package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;

/** What DL4J's layers of capsules have in common. */
final class Capsules {

  private static final Tree.Obj NONE = Tree.object();
  private static final Tree.Obj LAST = NONE.with("axis", Tree.of(-1));

  private Capsules() {}

  /** {@code x s / ((1 + s) sqrt(s + 1e-5))} with {@code s} the sum of squares of a capsule. */
  static Value squashed(VertexReading vertex, Value x) {
    Value sum = squares(vertex, x, true);
    Value root = vertex.function("Sqrt", NONE, vertex.function("Add", NONE, sum, 1e-5));
    Value divisor = vertex.function("Multiply", NONE, vertex.function("Add", NONE, sum, 1.0), root);
    return vertex.function("Divide", NONE, vertex.function("Multiply", NONE, x, sum), divisor);
  }

  /** The length of every capsule. */
  static Value lengths(VertexReading vertex, Value x) {
    return vertex.function("Sqrt", NONE, squares(vertex, x, false));
  }

  private static Value squares(VertexReading vertex, Value x, boolean keep) {
    Value squares = vertex.function("Multiply", NONE, x, x);
    return vertex.function("Sum", LAST.with("keepdims", Tree.of(keep)), squares);
  }
}
