package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.runtime.nd4j.NativeArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A walk over the elements of a result whose operands are broadcast to it by numpy's rule. Axes
 * along which every operand goes on in the same way are joined first; the last one that remains is
 * the run, in which each operand either advances by one element a step or stands still.
 */
final class BroadcastWalk {

  /** Takes the runs. */
  @FunctionalInterface
  interface Visitor {
    /** A run: where it starts in the result and in each operand (the array is re-used). */
    void run(int result, int[] operands);
  }

  private final int operandCount;
  private final int[] sizes;

  /** Per joined axis, the stride of each operand; 0 where it stands still. */
  private final int[][] strides;

  private final int[] position;
  private final int[] offsets;

  BroadcastWalk(NativeArray result, NativeArray... operands) {
    this.operandCount = operands.length;
    List<int[]> joined = new ArrayList<>();
    List<Integer> joinedSizes = new ArrayList<>();
    for (int axis = 0; axis < result.rank(); axis++) {
      int size = Math.toIntExact(result.size(axis));
      if (size == 1) {
        continue;
      }
      int[] own = stridesOf(axis, result.rank(), operands);
      int last = joined.size() - 1;
      if (last >= 0 && continues(joined.get(last), own, size)) {
        joined.set(last, own);
        joinedSizes.set(last, joinedSizes.get(last) * size);
      } else {
        joined.add(own);
        joinedSizes.add(size);
      }
    }
    if (joined.isEmpty()) {
      joined.add(new int[operands.length]);
      joinedSizes.add(1);
    }
    this.sizes = joinedSizes.stream().mapToInt(Integer::intValue).toArray();
    this.strides = joined.toArray(int[][]::new);
    this.position = new int[sizes.length];
    this.offsets = new int[operands.length];
  }

  private static int[] stridesOf(int axis, int rank, NativeArray... operands) {
    int[] own = new int[operands.length];
    for (int i = 0; i < own.length; i++) {
      int mine = axis - (rank - operands[i].rank());
      boolean stands = mine < 0 || operands[i].size(mine) == 1;
      own[i] = stands ? 0 : AxisCopy.strides(operands[i])[mine];
    }
    return own;
  }

  /**
   * Whether stepping along the outer axis is the same as {@code size} steps along the inner one.
   */
  private static boolean continues(int[] outer, int[] inner, int size) {
    for (int i = 0; i < outer.length; i++) {
      if (outer[i] != inner[i] * size) {
        return false;
      }
    }
    return true;
  }

  /** How many elements a run has. */
  int runLength() {
    return sizes[sizes.length - 1];
  }

  /** By how much an operand advances within a run: 0 or 1. */
  int step(int operand) {
    return strides[strides.length - 1][operand];
  }

  /** Whether there is but one run, the whole result. */
  boolean isSingleRun() {
    return sizes.length == 1;
  }

  /** Visits every run in the order of the result. */
  void forEachRun(Visitor visitor) {
    Arrays.fill(position, 0);
    Arrays.fill(offsets, 0);
    int outer = sizes.length - 1;
    int result = 0;
    for (int size : sizes) {
      if (size == 0) {
        return;
      }
    }
    while (true) {
      visitor.run(result, offsets);
      result += runLength();
      int axis = outer - 1;
      while (axis >= 0 && ++position[axis] == sizes[axis]) {
        position[axis] = 0;
        advance(axis, 1 - sizes[axis]);
        axis--;
      }
      if (axis < 0) {
        return;
      }
      advance(axis, 1);
    }
  }

  private void advance(int axis, int by) {
    for (int i = 0; i < operandCount; i++) {
      offsets[i] += strides[axis][i] * by;
    }
  }
}
