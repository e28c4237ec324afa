package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer that runs a cell over the steps of a sequence, as Keras's RNN and all that derive from
 * it: {@code [batch, time, ...]} in; the output of the last step, or all of them with {@code
 * returnSequences}, out; then the last states with {@code returnState}.
 *
 * <p>Takes its first states from the keyword argument {@code initial_state}, or from further
 * inputs.
 */
public sealed interface StepLoop extends Layer permits ConvLstm, RecurrentLayer, Rnn {

  /** Whether the output of every step is returned. */
  boolean returnSequences();

  /** Whether the last states are returned too. */
  boolean returnState();

  /** Whether the steps are taken from the last to the first; outputs stay in that order. */
  boolean goBackwards();

  /** Whether a batch begins with the states that the one before ended with. */
  boolean stateful();

  /** Whether the loop over the steps is written out; matters for masks only. */
  boolean unroll();

  /** Whether the output of a masked step is zero; else it is that of the step before. */
  boolean zeroOutputForMask();

  /**
   * Whether the mask of the sequence counts when a first state is given. In Keras 3 it does only as
   * an explicit argument: a layer that is called with several tensors looks for no mask by itself
   * (3.15), though it hands the mask on.
   */
  boolean maskedWithState();

  /** Whether time stands before the batch, in the sequence, its mask and the output (tf.keras). */
  boolean timeMajor();

  /** The type of one step of a sequence. */
  default TensorType step(TensorType sequence) {
    List<Dim> dims = new ArrayList<>(sequence.shape().dims());
    dims.remove(timeMajor() ? 0 : 1);
    return sequence.withShape(new Shape(dims));
  }

  /** What is returned of a sequence if one step returns this, its states behind its output. */
  default List<TensorType> returned(TensorType sequence, List<TensorType> ofStep) {
    List<TensorType> types = new ArrayList<>(ofStep);
    if (returnSequences()) {
      List<Dim> dims = new ArrayList<>(ofStep.get(0).shape().dims());
      int time = timeMajor() ? 0 : 1;
      dims.add(time, sequence.shape().dim(time));
      types.set(0, ofStep.get(0).withShape(new Shape(dims)));
    }
    return returnState() ? types : types.subList(0, 1);
  }

  /** The sequence among the inputs of a call, which must have so many axes at least. */
  static TensorType sequence(CallTypes call, int rank) {
    Rules.require(!call.inputs().isEmpty(), "a sequence is needed");
    TensorType sequence = call.inputs().get(0);
    Rules.require(
        sequence.rank() == rank,
        "a sequence [batch, time, " + axes(rank) + "] is needed, got " + sequence);
    return sequence;
  }

  private static String axes(int rank) {
    return rank == 3 ? "features" : "image of rank " + (rank - 2);
  }
}
