package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.BatchNormalization;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.nio.FloatBuffer;

/**
 * Normalisation with known statistics: {@code scale x + shift} with a scale and shift per channel,
 * which a run computes anew because the statistics may be any values.
 */
final class BatchNormalizationKernel implements Kernel<BatchNormalization> {

  @Override
  public boolean canOverwrite(BatchNormalization op, StepTypes types, int operand) {
    return operand == 0;
  }

  @Override
  public Task prepare(BatchNormalization op, StepArrays arrays) {
    return new Channels(op, arrays);
  }

  private static final class Channels implements Task {

    private final double epsilon;
    private final StepArrays arrays;
    private final Lines lines;
    private final double[] scale;
    private final double[] shift;

    /** A row of neighbours in memory: all channels when they stand last, else one channel. */
    private final float[] row;

    Channels(BatchNormalization op, StepArrays arrays) {
      this.epsilon = op.epsilon();
      this.arrays = arrays;
      this.lines = Lines.of(arrays.input(0).sizes(), op.axis(), op.axis() + 1);
      this.scale = new double[lines.size()];
      this.shift = new double[lines.size()];
      this.row = new float[lines.inner() == 1 ? lines.size() : lines.inner()];
    }

    @Override
    public void run() {
      for (int c = 0; c < scale.length; c++) {
        scale[c] = arrays.input(1).getDouble(c) / Math.sqrt(arrays.input(4).getDouble(c) + epsilon);
        shift[c] = arrays.input(2).getDouble(c) - arrays.input(3).getDouble(c) * scale[c];
      }
      if (arrays.input(0).dtype() == DataType.FLOAT32) {
        floats(arrays.input(0).floats(), arrays.output().floats());
      } else {
        doubles(arrays.input(0), arrays.output());
      }
    }

    private void doubles(NativeArray x, NativeArray z) {
      for (int i = 0; i < x.count(); i++) {
        int c = i / lines.inner() % lines.size();
        z.putDouble(i, x.getDouble(i) * scale[c] + shift[c]);
      }
    }

    private void floats(FloatBuffer x, FloatBuffer z) {
      int rows = lines.inner() == 1 ? lines.outer() : lines.outer() * lines.size();
      for (int r = 0; r < rows; r++) {
        x.get(r * row.length, row);
        if (lines.inner() == 1) {
          for (int c = 0; c < row.length; c++) {
            row[c] = (float) (row[c] * scale[c] + shift[c]);
          }
        } else {
          double a = scale[r % lines.size()];
          double b = shift[r % lines.size()];
          for (int i = 0; i < row.length; i++) {
            row[i] = (float) (row[i] * a + b);
          }
        }
        z.put(r * row.length, row);
      }
    }
  }
}
