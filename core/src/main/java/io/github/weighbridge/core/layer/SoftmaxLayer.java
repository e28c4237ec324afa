package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's Softmax: over one axis or several together; a mask keeps elements out.
 *
 * @param axis which
 * @param zeroMasked whether masked elements are zero even where all are (Keras 3), else they share
 *     1
 */
public record SoftmaxLayer(Axes axis, boolean zeroMasked) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    axis.counted(call.inputs().get(0).rank());
    return List.of(call.inputs().get(0));
  }
}
