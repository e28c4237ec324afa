package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Copies elements between two arrays where the place of each is a sum over the axes: transposition,
 * slices, padding, joining and repetition are all such copies. Runs of elements that are neighbours
 * on both sides are copied at once.
 *
 * <p>Each axis has a table of offsets in either array, in elements.
 */
final class AxisCopy implements Task {

  private final ByteBuffer from;
  private final ByteBuffer to;
  private final int[][] fromOffsets;
  private final int[][] toOffsets;
  private final int runBytes;
  private final boolean empty;

  private AxisCopy(NativeArray source, NativeArray target, int[][] fromTables, int[][] toTables) {
    this.from = source.bytes();
    this.to = target.bytes();
    int run = 1;
    int axes = fromTables.length;
    while (axes > 0 && isRun(fromTables[axes - 1], run) && isRun(toTables[axes - 1], run)) {
      run *= fromTables[--axes].length;
    }
    int size = source.dtype().byteSize();
    this.empty = Arrays.stream(fromTables).anyMatch(t -> t.length == 0);
    this.runBytes = run * size;
    this.fromOffsets = scaled(Arrays.copyOf(fromTables, axes), size);
    this.toOffsets = scaled(Arrays.copyOf(toTables, axes), size);
  }

  /** Whether entries are {@code 0, run, 2 run...}. */
  private static boolean isRun(int[] table, int run) {
    for (int i = 0; i < table.length; i++) {
      if (table[i] != i * run) {
        return false;
      }
    }
    return true;
  }

  private static int[][] scaled(int[][] tables, int factor) {
    return Arrays.stream(tables)
        .map(t -> Arrays.stream(t).map(o -> o * factor).toArray())
        .toArray(int[][]::new);
  }

  /**
   * A copy where the axes of both arrays correspond and an axis runs through the given indices.
   *
   * @param indices per axis, the index in the source for each index in the target from 0 on
   */
  static AxisCopy gathering(NativeArray source, NativeArray target, int[][] indices) {
    int[][] leading =
        Arrays.stream(indices).map(i -> sequence(0, 1, i.length)).toArray(int[][]::new);
    return new AxisCopy(
        source, target, offsets(indices, strides(source)), offsets(leading, strides(target)));
  }

  /** A copy of the whole source to where {@code begin} says in the target. */
  static AxisCopy into(NativeArray source, NativeArray target, long... begin) {
    int[][] indices = whole(source);
    int[][] moved = new int[indices.length][];
    for (int i = 0; i < indices.length; i++) {
      int offset = Math.toIntExact(begin[i]);
      moved[i] = Arrays.stream(indices[i]).map(k -> k + offset).toArray();
    }
    return new AxisCopy(
        source, target, offsets(indices, strides(source)), offsets(moved, strides(target)));
  }

  /** A copy whose target axis {@code i} is the source's axis {@code perm[i]}. */
  static AxisCopy transposing(NativeArray source, NativeArray target, int... perm) {
    int[] strides = strides(source);
    int[] permuted = Arrays.stream(perm).map(axis -> strides[axis]).toArray();
    int[][] indices = whole(target);
    return new AxisCopy(
        source, target, offsets(indices, permuted), offsets(indices, strides(target)));
  }

  /** A copy that repeats axes of size 1 by numpy's rule; the source may have fewer axes. */
  static AxisCopy broadcasting(NativeArray source, NativeArray target) {
    int missing = target.rank() - source.rank();
    int[] own = strides(source);
    int[] strides = new int[target.rank()];
    for (int i = 0; i < own.length; i++) {
      strides[missing + i] = source.size(i) == 1 ? 0 : own[i];
    }
    int[][] indices = whole(target);
    return new AxisCopy(
        source, target, offsets(indices, strides), offsets(indices, strides(target)));
  }

  /** Elements between neighbours along each axis. */
  static int[] strides(NativeArray array) {
    int[] strides = new int[array.rank()];
    int stride = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= (int) array.size(i);
    }
    return strides;
  }

  /** Every index of every axis. */
  static int[][] whole(NativeArray array) {
    int[][] indices = new int[array.rank()][];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = sequence(0, 1, Math.toIntExact(array.size(i)));
    }
    return indices;
  }

  /** {@code first, first + step, ...}. */
  static int[] sequence(long first, long step, int count) {
    int[] sequence = new int[count];
    Arrays.setAll(sequence, i -> Math.toIntExact(first + i * step));
    return sequence;
  }

  private static int[][] offsets(int[][] indices, int[] strides) {
    int[][] offsets = new int[indices.length][];
    for (int i = 0; i < indices.length; i++) {
      int stride = strides[i];
      offsets[i] = Arrays.stream(indices[i]).map(k -> k * stride).toArray();
    }
    return offsets;
  }

  @Override
  public void run() {
    if (!empty) {
      copy(0, 0, 0);
    }
  }

  private void copy(int axis, int source, int target) {
    if (axis == fromOffsets.length) {
      to.put(target, from, source, runBytes);
      return;
    }
    int[] sources = fromOffsets[axis];
    int[] targets = toOffsets[axis];
    if (axis == fromOffsets.length - 1) {
      copyLast(sources, targets, source, target);
      return;
    }
    for (int i = 0; i < sources.length; i++) {
      copy(axis + 1, source + sources[i], target + targets[i]);
    }
  }

  private void copyLast(int[] sources, int[] targets, int source, int target) {
    if (runBytes == 4) {
      // Single numbers, as in a transposition: a bulk copy costs more than it moves.
      for (int i = 0; i < sources.length; i++) {
        to.putInt(target + targets[i], from.getInt(source + sources[i]));
      }
      return;
    }
    for (int i = 0; i < sources.length; i++) {
      to.put(target + targets[i], from, source + sources[i], runBytes);
    }
  }
}
