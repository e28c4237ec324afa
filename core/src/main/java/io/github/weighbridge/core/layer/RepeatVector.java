package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/** Keras's RepeatVector: {@code [batch, features]} becomes {@code [batch, n, features]}. */
public record RepeatVector(int n) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape shape = call.shapeOfRank(2);
    return List.of(call.input().withShape(Shape.of(shape.dim(0), Dim.of(n), shape.dim(1))));
  }
}
