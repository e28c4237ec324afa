package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Running products along an axis, each with its own element. Operand: {@code x}. */
public record CumProd(int axis) implements Operation {

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    Operands.requireAxis(axis, x);
    return List.of(x);
  }
}
