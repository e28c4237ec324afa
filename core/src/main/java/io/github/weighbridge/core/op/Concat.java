package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays joined along an axis; they agree in type and in every other axis. */
public record Concat(int axis) implements Operation {

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType first = Operands.required(operands, 0);
    Operands.requireAxis(axis, first);
    Shape shape = first.shape();
    for (int i = 1; i < operands.size(); i++) {
      TensorType next = Operands.required(operands, i);
      Operands.require(
          next.dtype() == first.dtype() && next.rank() == first.rank(),
          "cannot join " + first + " and " + next + " along axis " + axis);
      for (int k = 0; k < shape.rank(); k++) {
        Dim other = next.shape().dim(k);
        if (k == axis) {
          shape = shape.withDim(k, shape.dim(k).plus(other));
          continue;
        }
        Operands.require(
            Operands.canBeEqual(shape.dim(k), other),
            "cannot join " + first + " and " + next + " along axis " + axis);
        if (other.isFixed()) {
          shape = shape.withDim(k, other);
        }
      }
    }
    return List.of(first.withShape(shape));
  }
}
