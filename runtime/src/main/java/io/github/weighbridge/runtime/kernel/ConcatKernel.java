package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;

/** Joining by copying each part to its place. */
final class ConcatKernel implements Kernel<Concat> {

  @Override
  public Task prepare(Concat op, StepArrays arrays) {
    NativeArray z = arrays.output();
    Task[] parts = new Task[arrays.inputs().size()];
    long[] begin = new long[z.rank()];
    for (int i = 0; i < parts.length; i++) {
      NativeArray part = arrays.input(i);
      parts[i] = AxisCopy.into(part, z, begin);
      begin[op.axis()] += part.size(op.axis());
    }
    return Task.sequence(parts);
  }
}
