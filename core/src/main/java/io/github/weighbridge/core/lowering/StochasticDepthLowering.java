package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.StochasticDepth;

/** The input. */
final class StochasticDepthLowering implements Lowering<StochasticDepth> {

  @Override
  public Lowered lower(StochasticDepth layer, LoweringContext context) {
    return Lowered.of(context.input());
  }
}
