package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's Flatten: everything but the batch in one axis; channels_first ones are moved last before.
 */
public record Flatten(DataFormat dataFormat) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape shape = call.input().shape();
    Dim product = Dim.of(1);
    for (int i = 1; i < shape.rank(); i++) {
      product = product.times(shape.dim(i));
    }
    return List.of(call.input().withShape(Shape.of(shape.dim(0), product)));
  }
}
