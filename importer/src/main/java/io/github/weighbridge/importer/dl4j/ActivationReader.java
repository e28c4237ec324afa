package io.github.weighbridge.importer.dl4j;

/** ActivationLayer. */
final class ActivationReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    return vertex.applied("", vertex.input(), vertex.activation());
  }
}
