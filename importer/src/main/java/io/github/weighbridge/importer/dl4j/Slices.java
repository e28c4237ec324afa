package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** Parts of arrays. */
final class Slices {

  /** The whole of an axis. */
  static final Tree ALL = key(Tree.none(), Tree.none(), Tree.none());

  private Slices() {}

  /** The elements of an axis from one number on to another, which is left out. */
  static Value of(VertexReading vertex, Value x, int axis, int from, int to) {
    List<Tree> keys = new ArrayList<>();
    for (int i = 0; i < axis; i++) {
      keys.add(ALL);
    }
    keys.add(key(Tree.of(from), Tree.of(to), Tree.none()));
    return vertex.function("GetItem", Tree.object(), x, keys);
  }

  /** What is taken of an axis. */
  static Tree key(Tree start, Tree stop, Tree step) {
    return Tree.object()
        .with("class_name", Tree.of("__slice__"))
        .with("config", Tree.object().with("start", start).with("stop", stop).with("step", step));
  }
}
