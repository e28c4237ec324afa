package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code gamma (x - mean) / sqrt(variance + epsilon) + beta} with the statistics of the elements
 * from an axis to the last one (variance of the population). Operands: {@code x}, gamma, optional
 * beta; the latter have the shape of those axes.
 */
public record LayerNormalization(int axis, double epsilon) implements Operation {

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    TensorType gamma = Operands.required(operands, 1);
    Operands.require(
        gamma.rank() == x.rank() - axis,
        "gamma has shape " + gamma.shape() + ", axes from " + axis + " on of " + x.shape());
    return List.of(x);
  }
}
