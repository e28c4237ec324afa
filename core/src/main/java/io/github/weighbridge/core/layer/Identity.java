package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's Identity: returns what it is given.
 *
 * @param passesMask whether a mask goes through; up to 2.15 it ends here
 */
public record Identity(boolean passesMask) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(call.input());
  }
}
