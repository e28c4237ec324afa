package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The largest or smallest elements along an axis, in order; the first among equals. Operand: {@code
 * x}, numbers. Results: the elements, their indices (int64).
 *
 * @param axis which
 * @param k how many
 * @param largest whether the largest ones are looked for
 */
public record TopK(int axis, int k, boolean largest) implements Operation {

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    Operands.requireAxis(axis, x);
    Operands.require(x.dtype() != DataType.BOOL, "operands must be numbers, got " + x);
    Dim size = x.shape().dim(axis);
    Operands.require(
        k >= 0 && (!size.isFixed() || k <= size.size()),
        "cannot take " + k + " elements of " + x + " along axis " + axis);
    TensorType values = x.withShape(x.shape().withDim(axis, Dim.of(k)));
    return List.of(values, values.withDtype(DataType.INT64));
  }
}
