package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/** Keras's Masking: steps whose every feature is {@code maskValue} become zeros and are masked. */
public record Masking(double maskValue) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(call.input());
  }
}
