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
    int axis =
        switch (input.view()) {
          case SAME -> 1;
          case FEATURES_FIRST, FLAT_STEPS -> 2;
        };
    return new Signal(
        Slices.of(vertex, input.value(), axis, from, Math.addExact(to, 1)), input.view());
  }
}
