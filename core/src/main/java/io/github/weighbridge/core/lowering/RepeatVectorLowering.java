package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.RepeatVector;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.Shape;
import java.util.List;

/** A time axis of size 1, then {@code Expand}. */
final class RepeatVectorLowering implements Lowering<RepeatVector> {

  @Override
  public Lowered lower(RepeatVector layer, LoweringContext context) {
    Value x = context.input();
    Shape shape = x.type().shape();
    Value step = context.add("step", new Unsqueeze(List.of(1)), x);
    Expand expand =
        new Expand(
            List.of(
                DimSource.of(shape.dim(0), 0, 0),
                new DimSource.Fixed(layer.n()),
                DimSource.of(shape.dim(1), 0, 2)));
    return Lowered.of(context.add("repeat", expand, step));
  }
}
