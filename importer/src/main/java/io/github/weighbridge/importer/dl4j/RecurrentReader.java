package io.github.weighbridge.importer.dl4j;

/** LSTM and SimpleRnn, which return sequences. */
final class RecurrentReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    return Recurrence.of(vertex, false, false).call(vertex);
  }
}
