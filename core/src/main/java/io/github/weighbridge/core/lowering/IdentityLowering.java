package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.Layer;

/** Layers that change nothing at inference: the dropouts, noise, activity regularization. */
final class IdentityLowering<L extends Layer> implements Lowering<L> {

  @Override
  public Lowered lower(L layer, LoweringContext context) {
    return context.passMask(context.input());
  }
}
