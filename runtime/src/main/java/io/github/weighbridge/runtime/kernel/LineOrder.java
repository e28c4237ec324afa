package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.runtime.nd4j.NativeArray;
import java.util.Arrays;
import java.util.Comparator;

/** The order of the elements of lines by size; equal ones, both zeros too, as they stand. */
final class LineOrder {

  private final NativeArray x;
  private final int inner;
  private final boolean descending;
  private final Integer[] order;

  LineOrder(NativeArray x, Lines lines, boolean descending) {
    this.x = x;
    this.inner = lines.inner();
    this.descending = descending;
    this.order = new Integer[lines.size()];
  }

  /** The positions of a line's elements in their order; the array is re-used. */
  Integer[] of(int start) {
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, comparator(start));
    return order;
  }

  private Comparator<Integer> comparator(int start) {
    Comparator<Integer> ascending =
        x.dtype().isInteger()
            ? Comparator.comparingLong(i -> x.getLong(start + i * inner))
            : Comparator.comparingDouble(i -> x.getDouble(start + i * inner) + 0.0);
    return descending ? ascending.reversed() : ascending;
  }
}
