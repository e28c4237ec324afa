package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Slices of an array by index. Operands: data, indices (int32 or int64, from 0 to before the axis's
 * size).
 *
 * @param axis the axis of data that is indexed
 * @param batchDims how many leading axes data and indices share; 0 or 1
 */
public record Gather(int axis, int batchDims) implements Operation {

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType data = Operands.required(operands, 0);
    TensorType indices = Operands.required(operands, 1);
    Operands.require(indices.dtype().isInteger(), "indices must be whole numbers, got " + indices);
    Operands.requireAxis(axis, data);
    Operands.require(
        batchDims <= axis && batchDims <= indices.rank(),
        "indices " + indices + " share " + batchDims + " axes with " + data + " before " + axis);
    List<Dim> dims = new ArrayList<>(data.shape().dims().subList(0, axis));
    dims.addAll(indices.shape().dims().subList(batchDims, indices.rank()));
    dims.addAll(data.shape().dims().subList(axis + 1, data.rank()));
    return List.of(data.withShape(new Shape(dims)));
  }
}
