package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.ArgReduce;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;

/** The first place of the largest or smallest element, line by line. */
final class ArgReduceKernel implements Kernel<ArgReduce> {

  @Override
  public Task prepare(ArgReduce op, StepArrays arrays) {
    NativeArray x = arrays.input(0);
    NativeArray z = arrays.output();
    Lines lines = Lines.of(x.sizes(), op.axis(), op.axis() + 1);
    boolean whole = x.dtype().isInteger();
    return () -> {
      for (int o = 0; o < lines.outer(); o++) {
        for (int n = 0; n < lines.inner(); n++) {
          int start = lines.start(o, n);
          int best = start;
          for (int i = 1; i < lines.size(); i++) {
            int at = start + i * lines.inner();
            int order =
                whole
                    ? Long.compare(x.getLong(at), x.getLong(best))
                    : Double.compare(x.getDouble(at) + 0.0, x.getDouble(best) + 0.0);
            best = (op.largest() ? order > 0 : order < 0) ? at : best;
          }
          z.putLong(o * lines.inner() + n, (best - start) / lines.inner());
        }
      }
    };
  }
}
