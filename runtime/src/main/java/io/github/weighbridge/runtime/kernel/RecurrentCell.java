package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Recurrent;

/** The gates of a recurrent layer in float32, and the states of all rows of a batch. */
abstract class RecurrentCell {

  final int units;
  private final FloatFunction activation;
  private final FloatFunction recurrentActivation;
  private final float[] chunk = new float[FloatMath.CHUNK];
  private final float[] states;
  private final float[] cells;
  private final float[] recurrentBias;

  private RecurrentCell(Recurrent op, int batch) {
    this.units = op.units();
    this.activation = FloatFunction.of(op.activation());
    this.recurrentActivation = FloatFunction.of(op.recurrentActivation());
    this.states = new float[batch * units];
    this.cells = new float[batch * units];
    this.recurrentBias = new float[op.cell().gates() * units];
  }

  static RecurrentCell of(Recurrent op, int batch) {
    return switch (op.cell()) {
      case LSTM -> new Lstm(op, batch);
      case GRU -> op.resetAfter() ? new Gru(op, batch) : new GruResetBefore(op, batch);
      case SIMPLE -> new Simple(op, batch);
    };
  }

  /** The states {@code [batch, units]}, for reading and writing. */
  final float[] states() {
    return states;
  }

  /** The cell states of an LSTM, for reading and writing. */
  final float[] cells() {
    return cells;
  }

  /** What is added to the product of states and recurrent kernel; for writing. */
  final float[] recurrentBias() {
    return recurrentBias;
  }

  /**
   * One step of a row.
   *
   * @param x the inputs times the kernel, with bias; may be changed
   * @param h the states times the recurrent kernel; may be changed
   */
  abstract void step(int row, float[] x, float[] h);

  /** The states after the reset gate, to be multiplied by the candidate's recurrent kernel. */
  float[] resetStates() {
    throw new UnsupportedOperationException("this cell has no second product");
  }

  /** The rest of a step, with that product. */
  void finish(int row, float[] product) {
    throw new UnsupportedOperationException("this cell has no second product");
  }

  /** The activation of elements {@code from} to {@code to}. */
  final void squash(float[] x, int from, int to) {
    activation.applyBetween(x, from, to, chunk);
  }

  /** The recurrent activation of elements {@code from} to {@code to}. */
  final void gate(float[] x, int from, int to) {
    recurrentActivation.applyBetween(x, from, to, chunk);
  }

  static void add(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] += y[i];
    }
  }

  private static final class Simple extends RecurrentCell {

    Simple(Recurrent op, int batch) {
      super(op, batch);
    }

    @Override
    void step(int row, float[] x, float[] h) {
      add(x, h, units);
      squash(x, 0, units);
      System.arraycopy(x, 0, states(), row * units, units);
    }
  }

  private static final class Lstm extends RecurrentCell {

    private final float[] squashed;

    Lstm(Recurrent op, int batch) {
      super(op, batch);
      this.squashed = new float[units];
    }

    @Override
    void step(int row, float[] x, float[] h) {
      add(x, h, 4 * units);
      gate(x, 0, 2 * units);
      squash(x, 2 * units, 3 * units);
      gate(x, 3 * units, 4 * units);
      int at = row * units;
      float[] c = cells();
      for (int i = 0; i < units; i++) {
        float next = x[units + i] * c[at + i] + x[i] * x[2 * units + i];
        c[at + i] = next;
        squashed[i] = next;
      }
      squash(squashed, 0, units);
      for (int i = 0; i < units; i++) {
        states()[at + i] = x[3 * units + i] * squashed[i];
      }
    }
  }

  private static final class Gru extends RecurrentCell {

    Gru(Recurrent op, int batch) {
      super(op, batch);
    }

    @Override
    void step(int row, float[] x, float[] h) {
      add(h, recurrentBias(), 3 * units);
      add(x, h, 2 * units);
      gate(x, 0, 2 * units);
      for (int i = 0; i < units; i++) {
        x[2 * units + i] += x[units + i] * h[2 * units + i];
      }
      squash(x, 2 * units, 3 * units);
      int at = row * units;
      for (int i = 0; i < units; i++) {
        states()[at + i] = x[i] * states()[at + i] + (1 - x[i]) * x[2 * units + i];
      }
    }
  }

  private static final class GruResetBefore extends RecurrentCell {

    private final float[] updates;
    private final float[] candidates;
    private final float[] resetStates;

    GruResetBefore(Recurrent op, int batch) {
      super(op, batch);
      this.updates = new float[batch * units];
      this.candidates = new float[batch * units];
      this.resetStates = new float[batch * units];
    }

    @Override
    void step(int row, float[] x, float[] h) {
      add(x, h, 2 * units);
      gate(x, 0, 2 * units);
      int at = row * units;
      System.arraycopy(x, 0, updates, at, units);
      System.arraycopy(x, 2 * units, candidates, at, units);
      for (int i = 0; i < units; i++) {
        resetStates[at + i] = x[units + i] * states()[at + i];
      }
    }

    @Override
    float[] resetStates() {
      return resetStates;
    }

    @Override
    void finish(int row, float[] product) {
      int at = row * units;
      for (int i = 0; i < units; i++) {
        product[i] += candidates[at + i];
      }
      squash(product, 0, units);
      for (int i = 0; i < units; i++) {
        float z = updates[at + i];
        states()[at + i] = z * states()[at + i] + (1 - z) * product[i];
      }
    }
  }
}
