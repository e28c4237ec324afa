package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/** Keras's Activation: a function as a layer of its own. */
public record ActivationLayer(Activation activation) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    TensorType x = call.input();
    x = x.withDtype(activation.resultType(x.dtype()));
    if (activation.name().equals("glu")) {
      Dim half = x.shape().dim(-1).floorDiv(2);
      return List.of(x.withShape(x.shape().withDim(-1, half)));
    }
    return List.of(x);
  }
}
