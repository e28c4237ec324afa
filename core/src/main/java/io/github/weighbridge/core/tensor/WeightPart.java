package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Some of a weight's elements, which can be read without the others. Thread-safe. */
public interface WeightPart {

  /** How many bytes the elements take. */
  long byteCount();

  /**
   * Reads the elements, in pieces of any order.
   *
   * @param tile work space of the size that the weight was divided for; what it holds is lost
   * @throws IOException if the elements cannot be read, or from the sink
   */
  void read(ByteBuffer tile, Sink sink) throws IOException;

  /** Takes elements, each once. */
  @FunctionalInterface
  interface Sink {

    /**
     * Takes elements that follow each other.
     *
     * @param start the first, counted in row-major order from the begin of the weight
     * @param elements little-endian; they may be changed, and are others after this call
     */
    void take(long start, ByteBuffer elements) throws IOException;
  }
}
