package io.github.weighbridge.core.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * What Keras's LSTM, GRU and SimpleRNN compute at one step, be it as layers or as cells: a state of
 * {@code units} numbers from the features and the state before.
 */
public sealed interface RecurrentUnits permits RecurrentCell, RecurrentLayer {

  /** The size of the state. */
  int units();

  /** The function of the candidate and the output. */
  Activation activation();

  /** The function of the gates; of no effect where there are none. */
  default Activation recurrentActivation() {
    return Activation.LINEAR;
  }

  /** GRU: whether the reset gate works after the product with the recurrent kernel. */
  default boolean resetAfter() {
    return false;
  }

  /** Whether there is a bias. */
  boolean useBias();

  /** How many blocks of units the kernels have. */
  int gates();

  /** How many states there are. */
  int stateCount();

  /** The shape of the bias. */
  default long[] biasSizes() {
    return new long[] {(long) gates() * units()};
  }

  /** The weights for so many features, as a part of the layer. */
  default List<WeightSpec> unitWeights(long features, String part) {
    long width = (long) gates() * units();
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(WeightSpec.trainable("kernel", features, width).inPart(part));
    weights.add(WeightSpec.trainable("recurrent_kernel", units(), width).inPart(part));
    if (useBias()) {
      weights.add(WeightSpec.trainable("bias", biasSizes()).inPart(part));
    }
    return weights;
  }
}
