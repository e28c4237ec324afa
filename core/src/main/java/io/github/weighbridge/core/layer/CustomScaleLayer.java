package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * CustomScaleLayer of keras.applications' InceptionResNetV2: {@code a + scale b} of two inputs that
 * broadcast to each other; the mask ends here.
 */
public record CustomScaleLayer(double scale) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    List<TensorType> inputs = call.inputs();
    Rules.require(inputs.size() == 2, "two inputs are needed, got " + inputs.size());
    TensorType a = inputs.get(0);
    TensorType b = inputs.get(1);
    Rules.require(a.rank() == b.rank(), "inputs of one rank are needed, got " + a + " and " + b);
    return List.of(a.withShape(Merge.broadcast(a.shape(), b.shape())));
  }
}
