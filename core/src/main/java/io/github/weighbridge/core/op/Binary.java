package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of two numbers, element by element with numpy's broadcasting. Operands: {@code x},
 * {@code y}, of the same type.
 */
public record Binary(BinaryFunction function) implements Operation {

  @Override
  public String name() {
    return function.name();
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    TensorType y = Operands.required(operands, 1);
    Operands.require(
        x.dtype() == y.dtype(), "operands have types " + x.dtype() + " and " + y.dtype());
    Operands.require(
        !function.isLogical() || x.dtype() == DataType.BOOL, "operands must be booleans");
    Operands.require(
        !function.isBitwise() || x.dtype().isInteger(), "operands must be whole numbers");
    Operands.require(
        !function.isFloating() || x.dtype().isFloating(),
        "operands must be floating-point numbers");
    DataType dtype = function.isPredicate() ? DataType.BOOL : x.dtype();
    return List.of(new TensorType(dtype, Operands.broadcast(x.shape(), y.shape())));
  }
}
