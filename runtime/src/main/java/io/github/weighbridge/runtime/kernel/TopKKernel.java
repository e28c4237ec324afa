package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.TopK;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;

/** The first elements of sorted lines. */
final class TopKKernel implements Kernel<TopK> {

  @Override
  public Task prepare(TopK op, StepArrays arrays) {
    NativeArray x = arrays.input(0);
    NativeArray values = arrays.output(0);
    NativeArray indices = arrays.output(1);
    Lines from = Lines.of(x.sizes(), op.axis(), op.axis() + 1);
    Lines to = Lines.of(values.sizes(), op.axis(), op.axis() + 1);
    LineOrder order = new LineOrder(x, from, op.largest());
    boolean whole = x.dtype().isInteger();
    return () -> {
      for (int o = 0; o < from.outer(); o++) {
        for (int n = 0; n < from.inner(); n++) {
          int start = from.start(o, n);
          Integer[] sorted = order.of(start);
          for (int i = 0; i < op.k(); i++) {
            int source = start + sorted[i] * from.inner();
            int target = to.start(o, n) + i * to.inner();
            indices.putLong(target, sorted[i]);
            if (whole) {
              values.putLong(target, x.getLong(source));
            } else {
              values.putDouble(target, x.getDouble(source));
            }
          }
        }
      }
    };
  }
}
