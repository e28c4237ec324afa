package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.CumSum;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;

/** Running sums, line by line; whole numbers as such, others in double precision. */
final class CumSumKernel implements Kernel<CumSum> {

  @Override
  public boolean canOverwrite(CumSum op, StepTypes types, int operand) {
    return true;
  }

  @Override
  public Task prepare(CumSum op, StepArrays arrays) {
    NativeArray x = arrays.input(0);
    NativeArray z = arrays.output();
    Lines lines = Lines.of(x.sizes(), op.axis(), op.axis() + 1);
    boolean whole = x.dtype().isInteger();
    return () -> {
      for (int o = 0; o < lines.outer(); o++) {
        for (int n = 0; n < lines.inner(); n++) {
          if (whole) {
            longs(x, z, lines, lines.start(o, n));
          } else {
            doubles(x, z, lines, lines.start(o, n));
          }
        }
      }
    };
  }

  private static void longs(NativeArray x, NativeArray z, Lines lines, int start) {
    long sum = 0;
    for (int i = 0; i < lines.size(); i++) {
      sum += x.getLong(start + i * lines.inner());
      z.putLong(start + i * lines.inner(), sum);
    }
  }

  private static void doubles(NativeArray x, NativeArray z, Lines lines, int start) {
    double sum = 0;
    for (int i = 0; i < lines.size(); i++) {
      sum += x.getDouble(start + i * lines.inner());
      z.putDouble(start + i * lines.inner(), sum);
    }
  }
}
