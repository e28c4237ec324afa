package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index (int64) of the largest or smallest element along an axis, the first among equals.
 * Operand: {@code x}, numbers.
 *
 * @param largest whether the largest one is looked for
 * @param axis which
 * @param keepDims whether it stays as an axis of size 1
 */
public record ArgReduce(boolean largest, int axis, boolean keepDims) implements Operation {

  @Override
  public String name() {
    return largest ? "ArgMax" : "ArgMin";
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    Operands.requireAxis(axis, x);
    Operands.require(x.dtype() != DataType.BOOL, "operands must be numbers, got " + x);
    return new Reduce(Reduce.Function.MAX, List.of(axis), keepDims)
        .outputTypes(operands).stream().map(type -> type.withDtype(DataType.INT64)).toList();
  }
}
