package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Augmentation;

/** Nothing but the cast of whole numbers. */
final class AugmentationLowering implements Lowering<Augmentation> {

  @Override
  public Lowered lower(Augmentation layer, LoweringContext context) {
    Value x = context.input();
    return Lowered.of(layer.castsIntegers() ? context.cast(x, context.computeType()) : x);
  }
}
