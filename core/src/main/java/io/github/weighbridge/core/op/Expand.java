package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elements repeated along axes of size 1 (numpy's broadcast_to). Operands: {@code x}, then any
 * others whose sizes are referred to.
 */
public record Expand(List<DimSource> dims) implements Operation {

  /** Copies the sources. */
  public Expand {
    dims = List.copyOf(dims);
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    Shape shape = new Shape(dims.stream().map(d -> d.resolve(operands)).toList());
    return List.of(x.withShape(Operands.broadcast(x.shape(), shape)));
  }
}
