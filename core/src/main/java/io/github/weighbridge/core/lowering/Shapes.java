package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Reshapes whose sizes may be known at run time only. */
final class Shapes {

  private Shapes() {}

  /** A reshape to a shape, whose open sizes are those of operand number {@code operand}. */
  static Reshape like(Shape shape, int operand) {
    List<DimSource> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      dims.add(DimSource.of(shape.dim(axis), operand, axis));
    }
    return new Reshape(dims);
  }
}
