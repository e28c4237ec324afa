package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import java.util.Map;

/** Keras's RNN: the inner layer {@code cell}, run over {@code [batch, time, features]}. */
public record Rnn(
    boolean returnSequences,
    boolean returnState,
    boolean goBackwards,
    boolean stateful,
    boolean unroll,
    boolean zeroOutputForMask,
    boolean maskedWithState,
    boolean timeMajor)
    implements StepLoop {

  /** The name of the inner layer. */
  public static final String CELL = "cell";

  @Override
  public Map<String, List<TensorType>> childInputs(CallTypes call) {
    return Map.of(CELL, List.of(step(StepLoop.sequence(call, 3))));
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    TensorType sequence = StepLoop.sequence(call, 3);
    List<TensorType> ofStep =
        call.childOutputs(CELL, List.of(step(sequence))).stream()
            .map(type -> type.withDtype(call.computeType()))
            .toList();
    return returned(sequence, ofStep);
  }
}
