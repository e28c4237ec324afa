package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Slices of an array by tuples of indices, one for each of the axes after the batch. Operands:
 * data, indices (int32 or int64, from 0 to before the axis's size) whose last axis holds the
 * tuples.
 *
 * @param batchDims how many leading axes data and indices share
 */
public record GatherND(int batchDims) implements Operation {

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType data = Operands.required(operands, 0);
    TensorType indices = Operands.required(operands, 1);
    int width = Operands.tupleWidth(indices);
    Operands.require(
        batchDims < indices.rank() && batchDims + width <= data.rank(),
        "indices " + indices + " do not fit " + data + " after " + batchDims + " shared axes");
    for (int i = 0; i < batchDims; i++) {
      Operands.require(
          Operands.canBeEqual(data.shape().dim(i), indices.shape().dim(i)),
          "indices " + indices + " do not share axis " + i + " with " + data);
    }
    List<Dim> dims = new ArrayList<>(indices.shape().dims().subList(0, indices.rank() - 1));
    dims.addAll(data.shape().dims().subList(batchDims + width, data.rank()));
    return List.of(data.withShape(new Shape(dims)));
  }
}
