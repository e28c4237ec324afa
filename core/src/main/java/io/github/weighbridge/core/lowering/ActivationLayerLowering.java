package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.ActivationLayer;

/** The function alone. */
final class ActivationLayerLowering implements Lowering<ActivationLayer> {

  @Override
  public Lowered lower(ActivationLayer layer, LoweringContext context) {
    return context.passMask(Activations.apply(context, layer.activation(), context.input()));
  }
}
