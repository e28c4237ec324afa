package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;

/** Conversions of type, by the rules of {@link io.github.weighbridge.core.tensor.Tensor#cast}. */
final class CastKernel implements Kernel<Cast> {

  @Override
  public boolean isView(Cast op, StepTypes types) {
    return types.input(0).dtype() == types.output().dtype();
  }

  @Override
  public Task prepare(Cast op, StepArrays arrays) {
    NativeArray x = arrays.input(0);
    NativeArray z = arrays.output();
    if (x.dtype() == z.dtype()) {
      // Stored alike, rounded differently: the plan rounds the copy.
      return AxisCopy.into(x, z, new long[x.rank()]);
    }
    boolean whole = !x.dtype().isFloating() && z.dtype() != DataType.BOOL;
    return () -> {
      for (int i = 0; i < z.count(); i++) {
        if (whole) {
          z.putLong(i, x.getLong(i));
        } else {
          z.putDouble(i, x.getDouble(i));
        }
      }
    };
  }
}
