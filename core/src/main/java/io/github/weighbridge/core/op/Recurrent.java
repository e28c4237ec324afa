package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer run over all steps.
 *
 * <p>Operands: 0 sequence {@code [batch, time, features]}; 1 kernel {@code [features, gates
 * units]}; 2 recurrent kernel {@code [units, gates units]}; 3 optional bias {@code [gates units]},
 * or {@code [2, gates units]} with {@code resetAfter} (input and recurrent part); 4 optional
 * lengths {@code [batch]} (int32: how many leading steps count); 5 optional initial state {@code
 * [batch, units]}; 6 optional initial cell state (LSTM). Gates stand in Keras's order: LSTM i, f,
 * c, o; GRU z, r, h.
 *
 * <p>Outputs: all states {@code [batch, time, units]}, in the order of the steps, zero past the
 * length; the last state {@code [batch, units]}; LSTM: the last cell state.
 *
 * <p>LSTM: {@code c = f c + i act(x_c), h = o act(c)}. GRU: {@code h = z h + (1 - z) act(x_h + (r
 * h) U_h)}, with {@code resetAfter} {@code act(x_h + r (h U_h + b_h))}. Both with {@code recAct} on
 * the gates. SIMPLE: {@code h = act(x W + b + h U)}.
 *
 * @param cell which kind
 * @param units how many
 * @param activation of the candidate and the output
 * @param recurrentActivation of the gates; the identity for SIMPLE
 * @param reverse whether the steps are taken from the last to the first (within the length)
 * @param resetAfter GRU: whether the reset gate works after the product with the recurrent kernel
 */
public record Recurrent(
    Cell cell,
    int units,
    Unary activation,
    Unary recurrentActivation,
    boolean reverse,
    boolean resetAfter)
    implements Operation {

  /** The kind of a recurrent layer. */
  public enum Cell {
    LSTM(4),
    GRU(3),
    SIMPLE(1);

    private final int gates;

    Cell(int gates) {
      this.gates = gates;
    }

    /** How many blocks of units the kernels have. */
    public int gates() {
      return gates;
    }
  }

  @Override
  public String name() {
    return cell == Cell.SIMPLE ? "SimpleRNN" : cell.name();
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    TensorType kernel = Operands.required(operands, 1);
    TensorType recurrentKernel = Operands.required(operands, 2);
    Operands.require(x.rank() == 3, "a sequence has rank 3, got " + x);
    long width = (long) cell.gates() * units;
    Operands.require(
        kernel.rank() == 2
            && Operands.canBeEqual(kernel.shape().dim(0), x.shape().dim(2))
            && kernel.shape().dim(1).equals(Dim.of(width)),
        "the kernel has shape " + kernel.shape() + ", the sequence " + x.shape());
    Operands.require(
        recurrentKernel.shape().equals(Shape.of(units, width)),
        "the recurrent kernel has shape " + recurrentKernel.shape());
    Dim batch = x.shape().dim(0);
    TensorType all = x.withShape(Shape.of(batch, x.shape().dim(1), Dim.of(units)));
    TensorType last = x.withShape(Shape.of(batch, Dim.of(units)));
    return cell == Cell.LSTM ? List.of(all, last, last) : List.of(all, last);
  }
}
