package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Slices by index, copied in Java with every index checked: ND4J's gather reads foreign memory for
 * indices outside the axis.
 */
final class GatherKernel implements Kernel<Gather> {

  @Override
  public Task prepare(Gather op, StepArrays arrays) {
    return new Rows(op, arrays);
  }

  /** Data as {@code [batch, outer, size, row]}, indices as {@code [batch, count]}. */
  private static final class Rows implements Task {

    private final String name;
    private final NativeArray indices;
    private final ByteBuffer data;
    private final ByteBuffer result;
    private final int batch;
    private final int outer;
    private final int size;
    private final int count;
    private final int rowBytes;

    Rows(Gather op, StepArrays arrays) {
      NativeArray source = arrays.input(0);
      this.name = arrays.name();
      this.indices = arrays.input(1);
      this.data = source.bytes();
      this.result = arrays.output().bytes();
      long[] sizes = source.sizes();
      this.batch = product(sizes, 0, op.batchDims());
      this.outer = product(sizes, op.batchDims(), op.axis());
      this.size = Math.toIntExact(sizes[op.axis()]);
      this.count = product(indices.sizes(), op.batchDims(), indices.rank());
      this.rowBytes = product(sizes, op.axis() + 1, sizes.length) * source.dtype().byteSize();
    }

    private static int product(long[] sizes, int from, int to) {
      return Math.toIntExact(Shape.elementCount(Arrays.copyOfRange(sizes, from, to)));
    }

    @Override
    public void run() {
      int target = 0;
      for (int b = 0; b < batch; b++) {
        for (int o = 0; o < outer; o++) {
          int start = (b * outer + o) * size;
          for (int i = 0; i < count; i++) {
            int row = start + checked(indices.getLong(b * count + i));
            result.put(target, data, row * rowBytes, rowBytes);
            target += rowBytes;
          }
        }
      }
    }

    private int checked(long index) {
      if (index < 0 || index >= size) {
        throw ProblemsException.of(
            ProblemCode.INDEX_OUT_OF_RANGE,
            Place.UNKNOWN.withLayer(name, "Gather"),
            "must have indices from 0 to " + (size - 1),
            Long.toString(index),
            "give indices within the table");
      }
      return (int) index;
    }
  }
}
