package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's ReLU: {@code maxValue} where {@code x >= maxValue}, {@code x} where {@code x >=
 * threshold}, else {@code negativeSlope (x - threshold)}.
 */
public record Relu(@Nullable Double maxValue, double negativeSlope, double threshold)
    implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(call.input());
  }
}
