package io.github.weighbridge.importer.dl4j;

/** Reads one kind of layer or vertex. */
@FunctionalInterface
interface VertexReader {

  /**
   * Adds what the vertex becomes.
   *
   * @return its result
   * @throws io.github.weighbridge.core.problem.ProblemsException if it cannot be read
   */
  Signal read(VertexReading vertex);
}
