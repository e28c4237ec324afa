package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.NativeCall;
import io.github.weighbridge.runtime.nd4j.Task;

/**
 * Softmax by ND4J for float32, in Java for other types; its logarithm in Java, because ND4J's
 * log_softmax is minus infinity where the softmax underflows.
 */
final class SoftmaxKernel implements Kernel<Softmax> {

  @Override
  public boolean canOverwrite(Softmax op, StepTypes types, int operand) {
    return true;
  }

  @Override
  public Task prepare(Softmax op, StepArrays arrays) {
    NativeArray x = arrays.input(0);
    NativeArray z = arrays.output();
    if (x.count() == 0) {
      return () -> {};
    }
    Lines lines = Lines.of(x.sizes(), op.axis(), op.axis() + 1);
    if (x.dtype() == DataType.FLOAT32 && !op.log()) {
      // As rank 3: along axis 1 of rank 4, ND4J 1.0.0-M2.1 computes something else.
      long[] sizes = {lines.outer(), lines.size(), lines.inner()};
      return NativeCall.of("softmax")
          .input(x.reshaped(sizes))
          .output(z.reshaped(sizes))
          .integers(1)
          .build();
    }
    return () -> {
      for (int o = 0; o < lines.outer(); o++) {
        for (int n = 0; n < lines.inner(); n++) {
          line(op.log(), x, z, lines, lines.start(o, n));
        }
      }
    };
  }

  private static void line(boolean log, NativeArray x, NativeArray z, Lines lines, int start) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < lines.size(); i++) {
      max = Math.max(max, x.getDouble(start + i * lines.inner()));
    }
    double sum = 0;
    for (int i = 0; i < lines.size(); i++) {
      sum += Math.exp(x.getDouble(start + i * lines.inner()) - max);
    }
    double logarithm = Math.log(sum);
    for (int i = 0; i < lines.size(); i++) {
      int at = start + i * lines.inner();
      // In this order: beside a large maximum the logarithm would be lost.
      double value = x.getDouble(at) - max - logarithm;
      z.putDouble(at, log ? value : Math.exp(value));
    }
  }
}
