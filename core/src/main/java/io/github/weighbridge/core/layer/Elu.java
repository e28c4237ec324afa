package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/** Keras's ELU: {@code x} where positive, else {@code alpha (e^x - 1)}. */
public record Elu(double alpha) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(call.input());
  }
}
