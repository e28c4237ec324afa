package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Something that can give the elements of an array in row-major order: a region of a file, a
 * decoded dataset, a view of another source. Thread-safe.
 */
public interface WeightSource {

  /**
   * Reads elements from {@code start} on until the buffer is full.
   *
   * @param start the first element, counted in row-major order
   * @param target little-endian; its remaining bytes are a whole number of elements within the
   *     array
   * @throws IOException if the elements cannot be read, with the file's name
   */
  void read(long start, ByteBuffer target) throws IOException;

  /**
   * All elements in parts.
   *
   * @param count how many elements there are
   * @param elementSize in bytes
   * @param tileBytes the work space for one part
   */
  default List<WeightPart> parts(long count, int elementSize, int tileBytes) {
    return WeightRange.of(this, count, elementSize, tileBytes, tileBytes);
  }

  /** Where the elements stand as they are, little-endian and without gaps, if they do. */
  default Optional<FileRegion> region() {
    return Optional.empty();
  }

  /**
   * Bytes of a file.
   *
   * @param file where they are
   * @param position of the first
   * @param length how many
   */
  record FileRegion(WeightFile file, long position, long length) {}
}
