package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same numbers in another type; towards zero where they become whole. Operand: {@code x}. */
public record Cast(DataType dtype) implements Operation {

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    return List.of(Operands.required(operands, 0).withDtype(dtype));
  }
}
