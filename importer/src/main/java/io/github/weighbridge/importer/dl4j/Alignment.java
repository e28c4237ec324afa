package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;

/** Several signals that DL4J sees in one way, brought to one in the model. */
final class Alignment {

  private Alignment() {}

  /** The view that all inputs of a vertex have, or that of DL4J's arrays. */
  static Signal.View view(VertexReading vertex) {
    Signal.View first = vertex.input().view();
    boolean one = vertex.inputs().stream().allMatch(signal -> signal.view() == first);
    return one ? first : Signal.View.SAME;
  }

  /** The values of all inputs in a view that {@link #view} gave. */
  static Value[] values(VertexReading vertex, Signal.View view) {
    return vertex.inputs().stream()
        .map(signal -> signal.view() == view ? signal.value() : vertex.array(signal))
        .toArray(Value[]::new);
  }
}
