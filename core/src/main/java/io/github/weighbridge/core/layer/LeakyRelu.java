package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import java.util.Map;

/** Keras's LeakyReLU: {@code x} where positive, else {@code negativeSlope x}. */
public record LeakyRelu(double negativeSlope) implements Layer {

  /** It as a function. */
  public Activation activation() {
    return new Activation("leaky_relu", Map.of("negative_slope", negativeSlope));
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    TensorType x = call.input();
    return List.of(x.withDtype(activation().resultType(x.dtype())));
  }
}
