package io.github.weighbridge.importer.dl4j;

/** SubsetVertex: the features from one number to another, both included. */
final class SubsetReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    int from = config.size("from");
    int to = config.size("to");
    if (to < from) {
      throw config.invalid("to", "must not lie before 'from'");
    }
    Signal input = vertex.input();
    return new Signal(
        Slices.of(vertex, input.value(), input.axis(1), from, Math.addExact(to, 1)), input.view());
  }
}
