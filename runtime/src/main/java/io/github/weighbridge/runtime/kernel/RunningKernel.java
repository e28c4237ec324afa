package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.ToIntFunction;

/**
 * Running sums or products, line by line; whole numbers as such, others in double precision.
 *
 * @param axis of an operation
 * @param longs the next result from the last one and an element
 * @param doubles the same of floating-point numbers
 */
record RunningKernel<O extends Operation>(
    ToIntFunction<O> axis, LongBinaryOperator longs, DoubleBinaryOperator doubles)
    implements Kernel<O> {

  @Override
  public boolean canOverwrite(O op, StepTypes types, int operand) {
    return true;
  }

  @Override
  public Task prepare(O op, StepArrays arrays) {
    NativeArray x = arrays.input(0);
    NativeArray z = arrays.output();
    int axis = axis().applyAsInt(op);
    Lines lines = Lines.of(x.sizes(), axis, axis + 1);
    boolean whole = x.dtype().isInteger();
    if (lines.size() == 0) {
      return () -> {};
    }
    return whole
        ? () -> lines.forEach(start -> longs(x, z, lines, start))
        : () -> lines.forEach(start -> doubles(x, z, lines, start));
  }

  private void longs(NativeArray x, NativeArray z, Lines lines, int start) {
    long result = x.getLong(start);
    z.putLong(start, result);
    for (int i = 1; i < lines.size(); i++) {
      int at = start + i * lines.inner();
      result = longs.applyAsLong(result, x.getLong(at));
      z.putLong(at, result);
    }
  }

  private void doubles(NativeArray x, NativeArray z, Lines lines, int start) {
    double result = x.getDouble(start);
    z.putDouble(start, result);
    for (int i = 1; i < lines.size(); i++) {
      int at = start + i * lines.inner();
      result = doubles.applyAsDouble(result, x.getDouble(at));
      z.putDouble(at, result);
    }
  }
}
