package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A recurrence in double precision, sequence by sequence: for float64, which is rare. */
final class RecurrentDoubles implements Task {

  private final Recurrent op;
  private final StepArrays arrays;
  private final int units;
  private final int width;
  private final double[] state;
  private final double[] cell;
  private final double[] x;
  private final double[] h;

  RecurrentDoubles(Recurrent op, StepArrays arrays) {
    this.op = op;
    this.arrays = arrays;
    this.units = op.units();
    this.width = op.cell().gates() * units;
    this.state = new double[units];
    this.cell = new double[units];
    this.x = new double[width];
    this.h = new double[width];
  }

  @Override
  public void run() {
    int time = (int) arrays.input(0).size(1);
    for (int row = 0; row < arrays.input(0).size(0); row++) {
      load(arrays.inputOrNull(5), row, state);
      load(arrays.inputOrNull(6), row, cell);
      NativeArray lengths = arrays.inputOrNull(4);
      int count = lengths == null ? time : (int) Math.max(0, Math.min(time, lengths.getLong(row)));
      for (int step = 0; step < time; step++) {
        boolean counts = step < count;
        int position = counts && op.reverse() ? count - 1 - step : step;
        if (counts) {
          step(row * time + position);
        }
        for (int i = 0; i < units; i++) {
          int at = (row * time + position) * units + i;
          arrays.output(0).putDouble(at, counts ? state[i] : 0);
        }
      }
      store(arrays.output(1), row, state);
      if (op.cell() == Recurrent.Cell.LSTM) {
        store(arrays.output(2), row, cell);
      }
    }
  }

  private void load(@Nullable NativeArray source, int row, double[] target) {
    for (int i = 0; i < units; i++) {
      target[i] = source == null ? 0 : source.getDouble(row * units + i);
    }
  }

  private void store(NativeArray target, int row, double[] source) {
    for (int i = 0; i < units; i++) {
      target.putDouble(row * units + i, source[i]);
    }
  }

  private void step(int inputRow) {
    int features = (int) arrays.input(0).size(2);
    Arrays.fill(x, 0);
    for (int f = 0; f < features; f++) {
      accumulate(x, arrays.input(0).getDouble(inputRow * features + f), arrays.input(1), f);
    }
    Arrays.fill(h, 0);
    for (int i = 0; i < units; i++) {
      accumulate(h, state[i], arrays.input(2), i);
    }
    NativeArray bias = arrays.inputOrNull(3);
    for (int i = 0; i < width && bias != null; i++) {
      x[i] += bias.getDouble(i);
      h[i] += bias.rank() == 2 ? bias.getDouble(width + i) : 0;
    }
    switch (op.cell()) {
      case LSTM -> lstm();
      case GRU -> gru();
      case SIMPLE -> {
        for (int i = 0; i < units; i++) {
          state[i] = op.activation().apply(x[i] + h[i]);
        }
      }
    }
  }

  private static void accumulate(double[] sums, double factor, NativeArray matrix, int row) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += factor * matrix.getDouble(row * sums.length + i);
    }
  }

  private double gate(int index) {
    return op.recurrentActivation().apply(x[index] + h[index]);
  }

  private void lstm() {
    for (int i = 0; i < units; i++) {
      double candidate = op.activation().apply(x[2 * units + i] + h[2 * units + i]);
      cell[i] = gate(units + i) * cell[i] + gate(i) * candidate;
      state[i] = gate(3 * units + i) * op.activation().apply(cell[i]);
    }
  }

  private void gru() {
    double[] candidate = new double[units];
    for (int i = 0; i < units; i++) {
      candidate[i] = x[2 * units + i];
      for (int k = 0; k < units && !op.resetAfter(); k++) {
        double kernel = arrays.input(2).getDouble(k * width + 2 * units + i);
        candidate[i] += gate(units + k) * state[k] * kernel;
      }
      if (op.resetAfter()) {
        candidate[i] += gate(units + i) * h[2 * units + i];
      }
    }
    for (int i = 0; i < units; i++) {
      double z = gate(i);
      state[i] = z * state[i] + (1 - z) * op.activation().apply(candidate[i]);
    }
  }
}
