package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.layer.Dropout;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.TimeDistributed;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Batch and time in one axis, the inner layer, and apart again. */
final class TimeDistributedLowering implements Lowering<TimeDistributed> {

  @Override
  public Lowered lower(TimeDistributed layer, LoweringContext context) {
    Value x = context.input();
    if (worksOnLastAxis(context.child(TimeDistributed.INNER)) && x.type().rank() > 2) {
      Lowered inner =
          context.lowerChild(
              TimeDistributed.INNER, List.of(x), Collections.singletonList(null), List.of());
      return context.passMask(inner.output());
    }
    Value steps = context.add("steps", new Reshape(joined(x)), x);
    Lowered inner =
        context.lowerChild(
            TimeDistributed.INNER, List.of(steps), Collections.singletonList(null), List.of());
    Value y = inner.output();
    List<DimSource> apart = new ArrayList<>();
    apart.add(DimSource.of(x.type().shape().dim(0), 1, 0));
    apart.add(DimSource.of(x.type().shape().dim(1), 1, 1));
    for (int axis = 1; axis < y.type().rank(); axis++) {
      apart.add(DimSource.of(y.type().shape().dim(axis), 0, axis));
    }
    return context.passMask(context.add("apart", new Reshape(apart), y, x));
  }

  /** Layers that treat every axis before the last alike need no reshape. */
  private static boolean worksOnLastAxis(Layer layer) {
    return layer instanceof Dense || layer instanceof ActivationLayer || layer instanceof Dropout;
  }

  private static List<DimSource> joined(Value x) {
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
    return dims;
  }
}
