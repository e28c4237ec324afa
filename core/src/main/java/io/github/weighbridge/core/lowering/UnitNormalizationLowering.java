package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.UnitNormalization;
import java.util.List;

/** A quotient by the length. */
final class UnitNormalizationLowering implements Lowering<UnitNormalization> {

  @Override
  public Lowered lower(UnitNormalization layer, LoweringContext context) {
    Value x = context.input();
    List<Integer> axes = layer.axis().counted(x.type().rank());
    return context.passMask(Statistics.unitLength(context, x, axes, layer.shortest()));
  }
}
