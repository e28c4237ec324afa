package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.runtime.nd4j.Task;

/** Reshape, Squeeze, Unsqueeze: the same memory under another shape, so nothing to do. */
final class ViewKernel<O extends Operation> implements Kernel<O> {

  @Override
  public boolean isView(O op, StepTypes types) {
    return true;
  }

  @Override
  public Task prepare(O op, StepArrays arrays) {
    return () -> {};
  }
}
