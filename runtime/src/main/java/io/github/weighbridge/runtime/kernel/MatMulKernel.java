package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.NativeCall;
import io.github.weighbridge.runtime.nd4j.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Products of matrices by ND4J's {@code matmul}, which wants equal ranks: a single right matrix
 * makes all left rows one matrix, otherwise the axes before the matrices become one. ({@code
 * xw_plus_b} would add the bias as well, but reorders the weights at each call.)
 */
final class MatMulKernel implements Kernel<MatMul> {

  @Override
  public List<TensorType> scratch(MatMul op, StepTypes types) {
    List<TensorType> scratch = new ArrayList<>();
    long[] z = types.output().shape().sizes();
    for (int i = 0; i < 2; i++) {
      if (needsRepeating(types.sizes(i), types.sizes(1), z)) {
        scratch.add(TensorType.of(types.input(i).dtype(), repeated(types.sizes(i), z)));
      }
    }
    return scratch;
  }

  /** Whether an operand lacks some of the result's leading axes. */
  private static boolean needsRepeating(long[] operand, long[] right, long... z) {
    return right.length > 2 && !Arrays.equals(operand, repeated(operand, z));
  }

  private static long[] repeated(long[] operand, long... z) {
    long[] sizes = z.clone();
    System.arraycopy(operand, operand.length - 2, sizes, z.length - 2, 2);
    return sizes;
  }

  @Override
  public Task prepare(MatMul op, StepArrays arrays) {
    NativeArray z = arrays.output();
    List<Task> tasks = new ArrayList<>();
    NativeArray[] operands = new NativeArray[2];
    for (int i = 0; i < 2; i++) {
      operands[i] = arrays.input(i);
      if (needsRepeating(operands[i].sizes(), arrays.input(1).sizes(), z.sizes())) {
        NativeArray copy = arrays.scratch(tasks.size());
        tasks.add(AxisCopy.broadcasting(operands[i], copy));
        operands[i] = copy;
      }
    }
    tasks.add(product(operands[0], operands[1], z));
    return Task.sequence(tasks.toArray(Task[]::new));
  }

  /** The product of arrays whose leading axes agree, or whose right one is a single matrix. */
  static Task product(NativeArray a, NativeArray b, NativeArray z) {
    long m = a.size(a.rank() - 2);
    long k = b.size(b.rank() - 2);
    long n = b.size(b.rank() - 1);
    if (z.count() == 0) {
      return () -> {};
    }
    if (k == 0) {
      return Fill.zeros(z);
    }
    if (!z.dtype().isFloating()) {
      return new WholeProduct(a, b, z);
    }
    long rows = z.count() / n;
    if (b.count() == k * n) {
      return multiply(a.reshaped(rows, k), b.reshaped(k, n), z.reshaped(rows, n));
    }
    long batch = rows / m;
    return multiply(a.reshaped(batch, m, k), b.reshaped(batch, k, n), z.reshaped(batch, m, n));
  }

  private static NativeCall multiply(NativeArray a, NativeArray b, NativeArray z) {
    return NativeCall.of("matmul").input(a).input(b).output(z).integers(0, 0, 0).build();
  }
}
