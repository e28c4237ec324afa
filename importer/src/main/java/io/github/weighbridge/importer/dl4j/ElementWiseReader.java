package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.MaskRule;
import io.github.weighbridge.core.layer.Merge;

/** ElementWiseVertex; of a single input it is a copy. */
final class ElementWiseReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    if (vertex.inputs().size() == 1) {
      return vertex.input();
    }
    String op = vertex.config().text("op");
    Merge.Kind kind =
        switch (op) {
          case "Add" -> Merge.Kind.ADD;
          case "Subtract" -> Merge.Kind.SUBTRACT;
          case "Product" -> Merge.Kind.MULTIPLY;
          case "Average" -> Merge.Kind.AVERAGE;
          case "Max" -> Merge.Kind.MAXIMUM;
          default -> throw vertex.config().unsupported("op", "must be an operation of DL4J");
        };
    Signal.View view = Alignment.view(vertex);
    Value[] values = Alignment.values(vertex, view);
    return new Signal(vertex.call("", new Merge(kind, MaskRule.ANY), values), view);
  }
}
