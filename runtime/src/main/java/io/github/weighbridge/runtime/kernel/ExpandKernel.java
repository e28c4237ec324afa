package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.runtime.nd4j.Task;

/** Repetition by copying; a view where nothing is repeated. */
final class ExpandKernel implements Kernel<Expand> {

  @Override
  public boolean isView(Expand op, StepTypes types) {
    return types.input(0).shape().elementCount() == types.output().shape().elementCount();
  }

  @Override
  public Task prepare(Expand op, StepArrays arrays) {
    return AxisCopy.broadcasting(arrays.input(0), arrays.output());
  }
}
