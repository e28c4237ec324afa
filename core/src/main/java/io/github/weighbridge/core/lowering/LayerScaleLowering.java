package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.LayerScale;
import io.github.weighbridge.core.op.BinaryFunction;

/** {@code x gamma}. */
final class LayerScaleLowering implements Lowering<LayerScale> {

  @Override
  public Lowered lower(LayerScale layer, LoweringContext context) {
    return Lowered.of(
        context.binary(BinaryFunction.MULTIPLY, context.input(), context.weight("gamma")));
  }
}
