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
    Operands.requireAxis(axis, x);
    requireFit("gamma", gamma, x);
    if (operands.size() > 2 && operands.get(2) != null) {
      requireFit("beta", Operands.required(operands, 2), x);
    }
    return List.of(x);
  }

  private void requireFit(String name, TensorType vector, TensorType x) {
    boolean fits = vector.rank() == x.rank() - axis;
    for (int i = 0; fits && i < vector.rank(); i++) {
      fits = Operands.canBeEqual(vector.shape().dim(i), x.shape().dim(axis + i));
    }
    Operands.require(
        fits,
        name + " has shape " + vector.shape() + ", axes from " + axis + " on of " + x.shape());
  }
}
