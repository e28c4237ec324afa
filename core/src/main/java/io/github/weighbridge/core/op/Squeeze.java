package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Axes of size 1 taken out; {@code axes}, ascending. */
public record Squeeze(List<Integer> axes) implements Operation {

  /** Copies the axes. */
  public Squeeze {
    axes = List.copyOf(axes);
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    axes.forEach(axis -> Operands.requireAxis(axis, x));
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      Dim dim = x.shape().dim(i);
      if (!axes.contains(i)) {
        dims.add(dim);
      } else {
        Operands.require(!dim.isFixed() || dim.size() == 1, "axis " + i + " of " + x + " is not 1");
      }
    }
    return List.of(x.withShape(new Shape(dims)));
  }
}
