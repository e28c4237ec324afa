package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.LayerNormalization;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import org.jspecify.annotations.Nullable;

/** Normalisation with the statistics of each row; ND4J's layer_norm ignores epsilon. */
final class LayerNormalizationKernel implements Kernel<LayerNormalization> {

  @Override
  public boolean canOverwrite(LayerNormalization op, StepTypes types, int operand) {
    return operand == 0;
  }

  @Override
  public Task prepare(LayerNormalization op, StepArrays arrays) {
    return new Rows(op, arrays);
  }

  private static final class Rows implements Task {

    private final double epsilon;
    private final NativeArray x;
    private final NativeArray z;
    private final NativeArray gamma;
    private final @Nullable NativeArray beta;
    private final int rows;
    private final double[] row;
    private final double[] scale;
    private final double[] shift;
    private final float[] floats;

    Rows(LayerNormalization op, StepArrays arrays) {
      this.epsilon = op.epsilon();
      this.x = arrays.input(0);
      this.z = arrays.output();
      this.gamma = arrays.input(1);
      this.beta = arrays.inputOrNull(2);
      Lines lines = Lines.of(x.sizes(), op.axis(), x.rank());
      this.rows = lines.outer();
      this.row = new double[lines.size()];
      this.scale = new double[lines.size()];
      this.shift = new double[lines.size()];
      this.floats = new float[lines.size()];
    }

    @Override
    public void run() {
      for (int i = 0; i < row.length; i++) {
        scale[i] = gamma.getDouble(i);
        shift[i] = beta == null ? 0 : beta.getDouble(i);
      }
      for (int r = 0; r < rows; r++) {
        load(r * row.length);
        normalise();
        store(r * row.length);
      }
    }

    private void load(int at) {
      if (x.dtype() == DataType.FLOAT32) {
        x.floats().get(at, floats);
        for (int i = 0; i < row.length; i++) {
          row[i] = floats[i];
        }
      } else {
        for (int i = 0; i < row.length; i++) {
          row[i] = x.getDouble(at + i);
        }
      }
    }

    private void normalise() {
      double sum = 0;
      for (double value : row) {
        sum += value;
      }
      double mean = sum / row.length;
      double squares = 0;
      for (double value : row) {
        squares += (value - mean) * (value - mean);
      }
      double factor = 1 / Math.sqrt(squares / row.length + epsilon);
      for (int i = 0; i < row.length; i++) {
        row[i] = (row[i] - mean) * factor * scale[i] + shift[i];
      }
    }

    private void store(int at) {
      if (z.dtype() == DataType.FLOAT32) {
        for (int i = 0; i < row.length; i++) {
          floats[i] = (float) row[i];
        }
        z.floats().put(at, floats);
      } else {
        for (int i = 0; i < row.length; i++) {
          z.putDouble(at + i, row[i]);
        }
      }
    }
  }
}
