package io.github.weighbridge.importer.dl4j;

/** PreprocessorVertex. */
final class PreProcessorVertexReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    return PreProcessors.read(vertex, vertex.config().object("preProcessor"), vertex.input());
  }
}
