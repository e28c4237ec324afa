package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * StochasticDepth of keras.applications' ConvNeXt: drops whole samples of a residual branch in
 * training and changes nothing at inference; the mask ends here.
 */
public record StochasticDepth(double dropPathRate) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(call.input());
  }
}
