package io.github.weighbridge.core.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * A transposition in its shortest form: without axes of size one, and with axes that stay
 * neighbours taken as one; {@code [3, 3, 64, 128]} by {@code (3, 2, 0, 1)} is {@code [9, 64, 128]}
 * by {@code (2, 1, 0)}.
 *
 * @param sizes of the base
 * @param perm which axis of the base each axis of the result is
 */
@SuppressWarnings("ArrayRecordComponent") // Made and used within the package, never compared.
record AxisOrder(long[] sizes, int[] perm) {

  static AxisOrder of(long[] sizes, int[] perm) {
    // The result's axes, each a run of axes of the base: first and after last.
    List<int[]> runs = new ArrayList<>();
    for (int axis : perm) {
      if (sizes[axis] == 1) {
        continue;
      }
      int[] before = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (before != null && elementCount(sizes, before[1], axis) == 1 && before[1] <= axis) {
        before[1] = axis + 1;
      } else {
        runs.add(new int[] {axis, axis + 1});
      }
    }
    List<int[]> inBase = new ArrayList<>(runs);
    inBase.sort((a, b) -> Integer.compare(a[0], b[0]));
    return new AxisOrder(
        inBase.stream().mapToLong(run -> elementCount(sizes, run[0], run[1])).toArray(),
        runs.stream().mapToInt(inBase::indexOf).toArray());
  }

  private static long elementCount(long[] sizes, int from, int to) {
    long count = 1;
    for (int i = from; i < to; i++) {
      count *= sizes[i];
    }
    return count;
  }

  /** Whether the elements stand in the same order before and after. */
  boolean isIdentity() {
    return perm.length < 2;
  }

  /** The sizes of the result. */
  long[] resultSizes() {
    long[] result = new long[perm.length];
    for (int i = 0; i < perm.length; i++) {
      result[i] = sizes[perm[i]];
    }
    return result;
  }

  /** How far a step along each axis leads in a row-major array of these sizes. */
  static long[] strides(long[] sizes) {
    long[] strides = new long[sizes.length];
    long stride = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= sizes[i];
    }
    return strides;
  }
}
