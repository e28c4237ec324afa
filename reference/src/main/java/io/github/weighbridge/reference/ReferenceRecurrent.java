package io.github.weighbridge.reference;

import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The reference of recurrent layers: one sequence after the other, one step after the other. */
final class ReferenceRecurrent {

  private final Recurrent op;
  private final List<@Nullable ReferenceArray> operands;
  private final ReferenceArray x;
  private final ReferenceArray kernel;
  private final ReferenceArray recurrentKernel;
  private final ReferenceArray all;
  private final ReferenceArray last;
  private final ReferenceArray lastCell;

  ReferenceRecurrent(
      Recurrent op, List<@Nullable ReferenceArray> operands, List<TensorType> types) {
    this.op = op;
    this.operands = operands;
    this.x = Objects.requireNonNull(operands.get(0));
    this.kernel = Objects.requireNonNull(operands.get(1));
    this.recurrentKernel = Objects.requireNonNull(operands.get(2));
    this.all = ReferenceArray.zeros(types.get(0));
    this.last = ReferenceArray.zeros(types.get(1));
    this.lastCell = ReferenceArray.zeros(types.get(1));
  }

  List<ReferenceArray> run() {
    for (int b = 0; b < x.size(0); b++) {
      runSequence(b);
    }
    return op.cell() == Recurrent.Cell.LSTM ? List.of(all, last, lastCell) : List.of(all, last);
  }

  private @Nullable ReferenceArray optional(int index) {
    return index < operands.size() ? operands.get(index) : null;
  }

  private void runSequence(int b) {
    ReferenceArray lengths = optional(4);
    int length = lengths == null ? x.size(1) : (int) lengths.get(b);
    double[] h = initial(optional(5), b);
    double[] c = initial(optional(6), b);
    for (int n = 0; n < length; n++) {
      int t = op.reverse() ? length - 1 - n : n;
      h = step(b, t, h, c);
      for (int u = 0; u < op.units(); u++) {
        all.set(h[u], b, t, u);
      }
    }
    for (int u = 0; u < op.units(); u++) {
      last.set(h[u], b, u);
      lastCell.set(c[u], b, u);
    }
  }

  private double[] initial(@Nullable ReferenceArray state, int b) {
    double[] result = new double[op.units()];
    for (int u = 0; u < op.units() && state != null; u++) {
      result[u] = state.get(b, u);
    }
    return result;
  }

  /** The next state; the cell state is changed in place. */
  private double[] step(int b, int t, double[] h, double[] c) {
    double[] next = new double[op.units()];
    for (int u = 0; u < op.units(); u++) {
      next[u] =
          switch (op.cell()) {
            case SIMPLE -> op.activation().apply(input(0, u, b, t) + recurrent(0, u, h));
            case LSTM -> lstm(u, b, t, h, c);
            case GRU -> gru(u, b, t, h);
          };
    }
    return next;
  }

  private double lstm(int u, int b, int t, double[] h, double[] c) {
    c[u] =
        gate(1, u, b, t, h) * c[u]
            + gate(0, u, b, t, h) * op.activation().apply(input(2, u, b, t) + recurrent(2, u, h));
    return gate(3, u, b, t, h) * op.activation().apply(c[u]);
  }

  private double gru(int u, int b, int t, double[] h) {
    double z = gate(0, u, b, t, h);
    double candidate;
    if (op.resetAfter()) {
      candidate = input(2, u, b, t) + gate(1, u, b, t, h) * recurrent(2, u, h);
    } else {
      double[] reset = new double[op.units()];
      for (int v = 0; v < op.units(); v++) {
        reset[v] = gate(1, v, b, t, h) * h[v];
      }
      candidate = input(2, u, b, t) + recurrent(2, u, reset);
    }
    return z * h[u] + (1 - z) * op.activation().apply(candidate);
  }

  private double gate(int gate, int u, int b, int t, double[] h) {
    return op.recurrentActivation().apply(input(gate, u, b, t) + recurrent(gate, u, h));
  }

  /** {@code x W + b}, one column. */
  private double input(int gate, int u, int b, int t) {
    int column = gate * op.units() + u;
    double sum = bias(0, column);
    for (int f = 0; f < x.size(2); f++) {
      sum += x.get(b, t, f) * kernel.get(f, column);
    }
    return sum;
  }

  /** {@code h U}, one column, with the recurrent bias if there is one. */
  private double recurrent(int gate, int u, double[] h) {
    int column = gate * op.units() + u;
    double sum = bias(1, column);
    for (int v = 0; v < op.units(); v++) {
      sum += h[v] * recurrentKernel.get(v, column);
    }
    return sum;
  }

  private double bias(int row, int column) {
    ReferenceArray bias = optional(3);
    if (bias == null) {
      return 0;
    }
    if (bias.rank() == 1) {
      return row == 0 ? bias.get(column) : 0;
    }
    return bias.get(row, column);
  }
}
