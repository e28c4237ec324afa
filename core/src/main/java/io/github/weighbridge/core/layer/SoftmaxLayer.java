package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/** Keras's Softmax: over one axis or several together; a mask keeps elements out. */
public record SoftmaxLayer(Axes axis) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    axis.counted(call.inputs().get(0).rank());
    return List.of(call.inputs().get(0));
  }
}
