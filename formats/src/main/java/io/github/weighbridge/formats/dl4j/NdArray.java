package io.github.weighbridge.formats.dl4j;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightFile;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;

/**
 * An ND array of a file, taken as a vector: its elements in the order in which they stand. They are
 * read when they are used.
 *
 * @param age when it was written
 * @param dtype of the elements
 * @param shape as the file states it
 * @param file where the elements are
 * @param position of the first one
 * @param end the position behind the last one
 */
public record NdArray(
    Dl4jAge age, DataType dtype, List<Long> shape, WeightFile file, long position, long end) {

  /** Copies the shape. */
  public NdArray {
    shape = List.copyOf(shape);
  }

  /** How many elements it has. */
  public long count() {
    return (end - position) / dtype.byteSize();
  }

  /**
   * Elements from {@code from} on, as an array of these sizes in row-major order.
   *
   * @throws IllegalArgumentException if there are not as many
   */
  public WeightRef part(long from, long... sizes) {
    long length = Shape.elementCount(sizes);
    if (from < 0 || length > count() - from) {
      throw new IllegalArgumentException(length + " elements at " + from + " of " + count());
    }
    return WeightRef.of(dtype, file, position + from * dtype.byteSize(), sizes).byteSwapped();
  }
}
