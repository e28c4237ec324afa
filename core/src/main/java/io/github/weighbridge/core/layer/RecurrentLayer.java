package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.Collections;
import java.util.List;

/**
 * Keras's LSTM, GRU and SimpleRNN and DL4J's GravesLSTM: units that are run over {@code [batch,
 * time, features]}.
 */
public sealed interface RecurrentLayer extends StepLoop, RecurrentUnits
    permits GravesLstm, Gru, Lstm, SimpleRnn {

  @Override
  default List<WeightSpec> weights(CallTypes call) {
    Shape shape = StepLoop.sequence(call, 3).shape();
    return unitWeights(Rules.knownSize(shape, 2, "the number of features"), "cell");
  }

  @Override
  default List<TensorType> outputTypes(CallTypes call) {
    TensorType sequence = StepLoop.sequence(call, 3);
    TensorType state = sequence.withShape(step(sequence).shape().withDim(1, Dim.of(units())));
    return returned(sequence, Collections.nCopies(1 + stateCount(), state));
  }
}
