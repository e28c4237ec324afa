package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code e^x} divided by its sum along an axis. Operand: {@code x}.
 *
 * @param axis which
 * @param log whether the logarithm of that is wanted
 */
public record Softmax(int axis, boolean log) implements Operation {

  @Override
  public String name() {
    return log ? "LogSoftmax" : "Softmax";
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    Operands.requireAxis(axis, x);
    return List.of(x);
  }
}
