package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.AdaptivePooling;

/** See {@link AdaptivePools}. */
final class AdaptivePoolingLowering implements Lowering<AdaptivePooling> {

  @Override
  public Lowered lower(AdaptivePooling layer, LoweringContext context) {
    return Lowered.of(
        AdaptivePools.pool(
            context, context.input(), layer.kind(), layer.outputSize(), layer.dataFormat()));
  }
}
