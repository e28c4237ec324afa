package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/** Keras's LeakyReLU: {@code x} where positive, else {@code negativeSlope x}. */
public record LeakyRelu(double negativeSlope) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(call.input());
  }
}
