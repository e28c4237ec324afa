package io.github.weighbridge.importer.dl4j;

/** LastTimeStep: a recurrent layer that returns its last step only. */
final class LastTimeStepReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    VertexReading inner = vertex.within(vertex.config().object("underlying"));
    return switch (inner.config().simpleClass()) {
      case "LSTM", "SimpleRnn" -> Recurrence.of(inner, false, true).call(inner);
      default -> {
        Signal sequence = Dl4jReaders.read(inner);
        vertex.requireRank(sequence, 3);
        yield Signal.same(LastSteps.of(vertex, sequence));
      }
    };
  }
}
