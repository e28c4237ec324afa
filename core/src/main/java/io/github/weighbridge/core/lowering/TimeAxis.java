package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Sequences {@code [batch, time, ...]} as one long batch, and back: for what each step is alike.
 */
final class TimeAxis {

  private TimeAxis() {}

  /** A sequence with batch and time in one axis. */
  static Value joined(LoweringContext context, String what, Value x) {
    Shape shape = x.type().shape();
    List<DimSource> dims = new ArrayList<>();
    boolean open = false;
    for (int axis = 2; axis < shape.rank(); axis++) {
      dims.add(DimSource.of(shape.dim(axis), 0, axis));
      open |= !shape.dim(axis).isFixed();
    }
    boolean known = shape.dim(0).isFixed() && shape.dim(1).isFixed() && !open;
    dims.add(
        0,
        known
            ? new DimSource.Fixed(shape.dim(0).size() * shape.dim(1).size())
            : new DimSource.Rest());
    return context.add(what, new Reshape(dims), x);
  }

  /** Batch and time of the sequence x in two axes again. */
  static Value apart(LoweringContext context, String what, Value y, Value x) {
    List<DimSource> dims = new ArrayList<>();
    dims.add(DimSource.of(x.type().shape().dim(0), 1, 0));
    dims.add(DimSource.of(x.type().shape().dim(1), 1, 1));
    for (int axis = 1; axis < y.type().rank(); axis++) {
      dims.add(DimSource.of(y.type().shape().dim(axis), 0, axis));
    }
    return context.add(what, new Reshape(dims), y, x);
  }
}
