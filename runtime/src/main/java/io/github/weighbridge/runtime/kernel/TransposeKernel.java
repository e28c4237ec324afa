package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.runtime.nd4j.Task;

/** Transposition by copying; a view where only axes of size 1 change places. */
final class TransposeKernel implements Kernel<Transpose> {

  @Override
  public boolean isView(Transpose op, StepTypes types) {
    long[] sizes = types.sizes(0);
    int last = -1;
    for (int axis : op.permutation()) {
      if (sizes[axis] != 1) {
        if (axis < last) {
          return false;
        }
        last = axis;
      }
    }
    return true;
  }

  @Override
  public Task prepare(Transpose op, StepArrays arrays) {
    return AxisCopy.transposing(arrays.input(0), arrays.output(), op.permutation());
  }
}
