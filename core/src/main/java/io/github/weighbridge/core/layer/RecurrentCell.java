package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.Collections;
import java.util.List;

/**
 * Keras's LSTMCell, GRUCell and SimpleRNNCell: one step, {@code [batch, features]} and the states
 * before to the output and the states.
 */
public sealed interface RecurrentCell extends Layer, RecurrentUnits
    permits GruCell, LstmCell, SimpleRnnCell {

  @Override
  default List<WeightSpec> weights(CallTypes call) {
    return unitWeights(
        Rules.knownSize(step(call).shape(), 1, "the number of features"), /* part= */ "");
  }

  @Override
  default List<TensorType> outputTypes(CallTypes call) {
    TensorType step = step(call);
    TensorType state = step.withShape(step.shape().withDim(1, Dim.of(units())));
    return Collections.nCopies(1 + stateCount(), state);
  }

  private static TensorType step(CallTypes call) {
    Rules.require(!call.inputs().isEmpty(), "a step is needed");
    TensorType step = call.inputs().get(0);
    Rules.require(step.rank() == 2, "a step [batch, features] is needed, got " + step);
    return step;
  }
}
