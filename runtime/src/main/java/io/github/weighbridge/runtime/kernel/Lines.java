package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.tensor.Shape;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * An array seen as lines along some neighbouring axes: {@code [outer, size, inner]}. Element {@code
 * i} of the line {@code (o, n)} stands at {@code (o size + i) inner + n}.
 */
record Lines(int outer, int size, int inner) {

  /** Lines along the axes from one (inclusive) to another (exclusive). */
  static Lines of(long[] sizes, int from, int to) {
    return new Lines(count(sizes, 0, from), count(sizes, from, to), count(sizes, to, sizes.length));
  }

  private static int count(long[] sizes, int from, int to) {
    return Math.toIntExact(Shape.elementCount(Arrays.copyOfRange(sizes, from, to)));
  }

  /** Visits the start of every line. */
  void forEach(IntConsumer visitor) {
    for (int o = 0; o < outer; o++) {
      for (int n = 0; n < inner; n++) {
        visitor.accept(start(o, n));
      }
    }
  }

  /** Where a line starts. */
  int start(int o, int n) {
    return o * size * inner + n;
  }
}
