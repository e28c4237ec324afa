package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Single elements by their index along one axis; the result has an element for each index.
 * Operands: data, indices (int32 or int64, from 0 to before the axis's size) of the sizes of data
 * but along the axis.
 */
public record GatherElements(int axis) implements Operation {

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType data = Operands.required(operands, 0);
    TensorType indices = Operands.required(operands, 1);
    Operands.requireAxis(axis, data);
    Operands.require(indices.dtype().isInteger(), "indices must be whole numbers, got " + indices);
    boolean fits = indices.rank() == data.rank();
    for (int i = 0; fits && i < data.rank(); i++) {
      fits = i == axis || Operands.canBeEqual(data.shape().dim(i), indices.shape().dim(i));
    }
    Operands.require(fits, "indices " + indices + " do not fit " + data + " along axis " + axis);
    return List.of(data.withShape(indices.shape()));
  }
}
