package io.github.weighbridge.importer.dl4j;

/**
 * FrozenLayer, FrozenLayerWithBackprop and FrozenVertex: what is within, not trained. DL4J's
 * updater keeps a state for the second, as if it were.
 */
final class FrozenReader implements VertexReader {

  private final String key;
  private final boolean isSeen;

  /**
   * Reads the object of a property.
   *
   * @param isSeen whether the updater keeps a state for it
   */
  FrozenReader(String key, boolean isSeen) {
    this.key = key;
    this.isSeen = isSeen;
  }

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject inner = vertex.config().object(key);
    VertexReading frozen = vertex.within(inner).frozen(isSeen);
    return Dl4jReaders.readsLayer(inner.simpleClass())
        ? Dl4jReaders.read(frozen)
        : Dl4jReaders.readVertex(frozen);
  }
}
