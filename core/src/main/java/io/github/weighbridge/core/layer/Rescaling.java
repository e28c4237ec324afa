package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's Rescaling: {@code scale x + offset}, both broadcast to the input by numpy's rule. Whole
 * numbers become the type that the layer computes in.
 *
 * @param passesMask whether a mask is handed on (Keras 3) or ends here (Keras 2)
 */
public record Rescaling(Numbers scale, Numbers offset, boolean passesMask) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    TensorType input = call.input();
    scale.requireBroadcastTo(input.shape(), "scale");
    offset.requireBroadcastTo(input.shape(), "offset");
    return List.of(input.withDtype(call.computeType()));
  }
}
