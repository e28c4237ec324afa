package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;

/** Padding by copying: around it a constant, or elements of the array itself. */
final class PadKernel implements Kernel<Pad> {

  @Override
  public Task prepare(Pad op, StepArrays arrays) {
    NativeArray x = arrays.input(0);
    NativeArray z = arrays.output();
    boolean cuts =
        op.begin().stream().anyMatch(b -> b < 0) || op.end().stream().anyMatch(e -> e < 0);
    if (op.mode() == Pad.Mode.CONSTANT && !cuts) {
      long[] begin = op.begin().stream().mapToLong(Long::longValue).toArray();
      return Task.sequence(Fill.of(z, op.value()), AxisCopy.into(x, z, begin));
    }
    if (cuts) {
      throw new IllegalArgumentException("negative padding " + op.begin() + ", " + op.end());
    }
    int[][] indices = AxisCopy.whole(z);
    for (int axis = 0; axis < indices.length; axis++) {
      int last = Math.toIntExact(x.size(axis)) - 1;
      int begin = Math.toIntExact(op.begin().get(axis));
      for (int i = 0; i < indices[axis].length; i++) {
        indices[axis][i] = source(op.mode(), i - begin, last);
      }
    }
    return AxisCopy.gathering(x, z, indices);
  }

  private static int source(Pad.Mode mode, int index, int last) {
    int edge = Math.max(0, Math.min(last, index));
    return mode == Pad.Mode.EDGE ? edge : 2 * edge - index;
  }
}
