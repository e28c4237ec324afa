package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The indices (int64) that sort along an axis; equal elements keep their order. Operand: {@code x}.
 */
public record ArgSort(int axis, boolean descending) implements Operation {

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    Operands.requireAxis(axis, x);
    return List.of(x.withDtype(DataType.INT64));
  }
}
