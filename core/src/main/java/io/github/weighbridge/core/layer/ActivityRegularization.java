package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/** Keras's ActivityRegularization: adds to the loss in training, changes nothing at inference. */
public record ActivityRegularization(double l1, double l2) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(call.input());
  }
}
