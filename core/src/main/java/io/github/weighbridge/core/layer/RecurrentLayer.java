package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * What Keras's LSTM, GRU and SimpleRNN have in common: a cell that is run over the steps of {@code
 * [batch, time, features]}.
 *
 * <p>Returns the last output {@code [batch, units]}, or all {@code [batch, time, units]} with
 * {@code returnSequences}; then the states with {@code returnState}. Takes its first state from the
 * keyword argument {@code initial_state}, or from further inputs.
 */
public sealed interface RecurrentLayer extends Layer permits Gru, Lstm, SimpleRnn {

  /** The size of the state. */
  int units();

  /** The function of the candidate and the output. */
  Activation activation();

  /** Whether there is a bias. */
  boolean useBias();

  /** Whether the output of every step is returned. */
  boolean returnSequences();

  /** Whether the last states are returned too. */
  boolean returnState();

  /** Whether the steps are taken from the last to the first; outputs stay in that order. */
  boolean goBackwards();

  /** Whether a batch begins with the states that the one before ended with. */
  boolean stateful();

  /** Whether the output of a masked step is zero; else it is that of the step before. */
  boolean zeroOutputForMask();

  /**
   * Whether the mask of the sequence counts when a first state is given. In Keras 3 it does only as
   * an explicit argument: a layer that is called with several tensors looks for no mask by itself
   * (3.15), though it hands the mask on.
   */
  boolean maskedWithState();

  /** How many blocks of units the kernels have. */
  int gates();

  /** How many states there are. */
  int stateCount();

  /** The shape of the bias. */
  default long[] biasSizes() {
    return new long[] {(long) gates() * units()};
  }

  @Override
  default List<WeightSpec> weights(CallTypes call) {
    Shape shape = sequence(call).shape();
    long features = Rules.knownSize(shape, 2, "the number of features");
    long width = (long) gates() * units();
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(WeightSpec.trainable("kernel", features, width).inPart("cell"));
    weights.add(WeightSpec.trainable("recurrent_kernel", units(), width).inPart("cell"));
    if (useBias()) {
      weights.add(WeightSpec.trainable("bias", biasSizes()).inPart("cell"));
    }
    return weights;
  }

  @Override
  default List<TensorType> outputTypes(CallTypes call) {
    TensorType sequence = sequence(call);
    Dim batch = sequence.shape().dim(0);
    TensorType state = sequence.withShape(Shape.of(batch, Dim.of(units())));
    List<TensorType> types = new ArrayList<>();
    types.add(
        returnSequences()
            ? sequence.withShape(Shape.of(batch, sequence.shape().dim(1), Dim.of(units())))
            : state);
    for (int i = 0; returnState() && i < stateCount(); i++) {
      types.add(state);
    }
    return types;
  }

  private static TensorType sequence(CallTypes call) {
    Rules.require(!call.inputs().isEmpty(), "a sequence is needed");
    TensorType sequence = call.inputs().get(0);
    Rules.require(
        sequence.rank() == 3, "a sequence [batch, time, features] is needed, got " + sequence);
    return sequence;
  }
}
