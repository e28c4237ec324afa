package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's Concatenate: inputs joined along an axis, the batch counted as 0.
 *
 * @param axis which
 * @param maskRule what becomes of the masks of the inputs, where they are joined by features
 */
public record Concatenate(int axis, MaskRule maskRule) implements Layer {

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    List<TensorType> inputs = call.inputs();
    Rules.require(!inputs.isEmpty(), "inputs to join are needed");
    Shape shape = inputs.get(0).shape();
    int joined = Rules.axis(axis, shape.rank());
    for (TensorType input : inputs.subList(1, inputs.size())) {
      Shape other = input.shape();
      Rules.require(
          other.rank() == shape.rank(), "cannot join arrays of shapes " + shape + " and " + other);
      for (int i = 0; i < shape.rank(); i++) {
        Dim left = shape.dim(i);
        Dim right = other.dim(i);
        if (i == joined) {
          shape = shape.withDim(i, left.plus(right));
        } else {
          Rules.require(
              !left.isFixed() || !right.isFixed() || left.equals(right),
              "cannot join arrays of shapes " + shape + " and " + other + " along axis " + joined);
          shape = left.isFixed() ? shape : shape.withDim(i, right);
        }
      }
    }
    return List.of(new TensorType(TypePromotion.of(inputs), shape));
  }
}
