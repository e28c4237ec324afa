package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elements of {@code x} where the condition holds, of {@code y} elsewhere. Operands: condition
 * (bool), {@code x}, {@code y}; broadcast by numpy's rule.
 */
public record Where() implements Operation {

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType condition = Operands.required(operands, 0);
    TensorType x = Operands.required(operands, 1);
    TensorType y = Operands.required(operands, 2);
    Operands.require(condition.dtype() == DataType.BOOL, "the condition must be boolean");
    Operands.require(
        x.dtype() == y.dtype(), "operands have types " + x.dtype() + " and " + y.dtype());
    return List.of(
        x.withShape(
            Operands.broadcast(condition.shape(), Operands.broadcast(x.shape(), y.shape()))));
  }
}
