package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.Identity;

/** The input. */
final class IdentityLayerLowering implements Lowering<Identity> {

  @Override
  public Lowered lower(Identity layer, LoweringContext context) {
    return layer.passesMask() ? context.passMask(context.input()) : Lowered.of(context.input());
  }
}
