package io.github.weighbridge.importer.dl4j;

/** FrozenLayer and FrozenVertex: what is within, not trained. */
final class FrozenReader implements VertexReader {

  private final String key;

  /** Reads the object of that property. */
  FrozenReader(String key) {
    this.key = key;
  }

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject inner = vertex.config().object(key);
    VertexReading frozen = vertex.within(inner).frozen();
    return Dl4jReaders.readsLayer(inner.simpleClass())
        ? Dl4jReaders.read(frozen)
        : Dl4jReaders.readVertex(frozen);
  }
}
