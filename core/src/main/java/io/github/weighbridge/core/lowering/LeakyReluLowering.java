package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.LeakyRelu;

/** {@code LEAKY_RELU}. */
final class LeakyReluLowering implements Lowering<LeakyRelu> {

  @Override
  public Lowered lower(LeakyRelu layer, LoweringContext context) {
    return context.passMask(Activations.apply(context, layer.activation(), context.input()));
  }
}
