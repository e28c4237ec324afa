package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's UnitNormalization: each sample is scaled to Euclidean length 1 along some axes.
 *
 * @param shortest the length that shorter samples are taken to have: 1e-12 in Keras 3, 1e-6 up to
 *     2.15
 */
public record UnitNormalization(Axes axis, double shortest) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    axis.counted(call.input().rank());
    return List.of(call.input());
  }
}
