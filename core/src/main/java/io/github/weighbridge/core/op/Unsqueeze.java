package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Axes of size 1 put in; {@code axes}, ascending, are their places in the result. */
public record Unsqueeze(List<Integer> axes) implements Operation {

  /** Copies the axes. */
  public Unsqueeze {
    axes = List.copyOf(axes);
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    List<Dim> dims = new ArrayList<>(x.shape().dims());
    for (int axis : axes) {
      Operands.require(axis >= 0 && axis <= dims.size(), "no place " + axis + " in " + x);
      dims.add(axis, Dim.of(1));
    }
    return List.of(x.withShape(new Shape(dims)));
  }
}
