package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.ScatterND;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.nio.ByteBuffer;

/** Slices changed by tuples of indices; whole numbers as such, others in double precision. */
final class ScatterNDKernel implements Kernel<ScatterND> {

  @Override
  public boolean canOverwrite(ScatterND op, StepTypes types, int operand) {
    return operand == 0;
  }

  @Override
  public Task prepare(ScatterND op, StepArrays arrays) {
    NativeArray x = arrays.input(0);
    NativeArray updates = arrays.input(2);
    NativeArray z = arrays.output();
    IndexTuples tuples = new IndexTuples(arrays.name(), op.name(), x, arrays.input(1), 0);
    Task update =
        op.reduction() == ScatterND.Reduction.NONE
            ? replacing(tuples, updates, z)
            : reducing(op.reduction(), tuples, updates, z);
    return x.sharesStorageWith(z)
        ? update
        : Task.sequence(AxisCopy.into(x, z, new long[x.rank()]), update);
  }

  private static Task replacing(IndexTuples tuples, NativeArray updates, NativeArray z) {
    ByteBuffer from = updates.bytes();
    ByteBuffer to = z.bytes();
    int size = z.dtype().byteSize();
    int sliceBytes = tuples.sliceSize() * size;
    return () -> {
      for (int t = 0; t < tuples.count(); t++) {
        to.put(tuples.start(t) * size, from, t * sliceBytes, sliceBytes);
      }
    };
  }

  private static Task reducing(
      ScatterND.Reduction reduction, IndexTuples tuples, NativeArray updates, NativeArray z) {
    boolean whole = z.dtype().isInteger();
    int slice = tuples.sliceSize();
    return () -> {
      for (int t = 0; t < tuples.count(); t++) {
        int start = tuples.start(t);
        for (int i = 0; i < slice; i++) {
          if (whole) {
            long old = z.getLong(start + i);
            z.putLong(start + i, reduced(reduction, old, updates.getLong(t * slice + i)));
          } else {
            double old = z.getDouble(start + i);
            z.putDouble(start + i, reduced(reduction, old, updates.getDouble(t * slice + i)));
          }
        }
      }
    };
  }

  private static long reduced(ScatterND.Reduction reduction, long old, long update) {
    return switch (reduction) {
      case NONE -> update;
      case ADD -> old + update;
      case MULTIPLY -> old * update;
      case MAX -> Math.max(old, update);
      case MIN -> Math.min(old, update);
    };
  }

  private static double reduced(ScatterND.Reduction reduction, double old, double update) {
    return switch (reduction) {
      case NONE -> update;
      case ADD -> old + update;
      case MULTIPLY -> old * update;
      case MAX -> Math.max(old, update);
      case MIN -> Math.min(old, update);
    };
  }
}
