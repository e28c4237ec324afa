package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;

/** Stable sorting of indices, line by line. */
final class ArgSortKernel implements Kernel<ArgSort> {

  @Override
  public Task prepare(ArgSort op, StepArrays arrays) {
    NativeArray x = arrays.input(0);
    NativeArray z = arrays.output();
    Lines lines = Lines.of(x.sizes(), op.axis(), op.axis() + 1);
    LineOrder order = new LineOrder(x, lines, op.descending());
    return () ->
        lines.forEach(
            start -> {
              Integer[] sorted = order.of(start);
              for (int i = 0; i < sorted.length; i++) {
                z.putLong(start + i * lines.inner(), sorted[i]);
              }
            });
  }
}
