package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.util.Arrays;
import java.util.Comparator;

/** Stable sorting of indices, line by line. */
final class ArgSortKernel implements Kernel<ArgSort> {

  @Override
  public Task prepare(ArgSort op, StepArrays arrays) {
    NativeArray x = arrays.input(0);
    NativeArray z = arrays.output();
    Lines lines = Lines.of(x.sizes(), op.axis(), op.axis() + 1);
    Integer[] order = new Integer[lines.size()];
    return () -> {
      for (int o = 0; o < lines.outer(); o++) {
        for (int n = 0; n < lines.inner(); n++) {
          int start = lines.start(o, n);
          Arrays.setAll(order, i -> i);
          Arrays.sort(order, comparator(op, x, start, lines.inner()));
          for (int i = 0; i < order.length; i++) {
            z.putLong(start + i * lines.inner(), order[i]);
          }
        }
      }
    };
  }

  private static Comparator<Integer> comparator(ArgSort op, NativeArray x, int start, int inner) {
    Comparator<Integer> ascending =
        x.dtype().isInteger()
            ? Comparator.comparingLong(i -> x.getLong(start + i * inner))
            : Comparator.comparingDouble(i -> x.getDouble(start + i * inner));
    return op.descending() ? ascending.reversed() : ascending;
  }
}
