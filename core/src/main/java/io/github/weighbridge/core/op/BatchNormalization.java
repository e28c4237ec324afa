package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code gamma (x - mean) / sqrt(variance + epsilon) + beta} along an axis, with known statistics.
 * Operands: {@code x}, gamma, beta, mean, variance, the latter four vectors of the axis's size.
 */
public record BatchNormalization(double epsilon, int axis) implements Operation {

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    Operands.requireAxis(axis, x);
    for (int i = 1; i <= 4; i++) {
      TensorType vector = Operands.required(operands, i);
      Operands.require(
          vector.rank() == 1 && Operands.canBeEqual(vector.shape().dim(0), x.shape().dim(axis)),
          "operand "
              + i
              + " has shape "
              + vector.shape()
              + ", axis "
              + axis
              + " of the input is "
              + x.shape().dim(axis));
    }
    return List.of(x);
  }
}
