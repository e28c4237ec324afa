package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * ThresholdedReLU of Keras up to 2.15: {@code x} where {@code x > theta}, else 0. Keras 3's ReLU
 * with a threshold keeps {@code x = threshold} too in its limit, hence a record of its own.
 */
public record ThresholdedRelu(double theta) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(call.input());
  }
}
