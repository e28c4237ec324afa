package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.SimpleRnn;
import io.github.weighbridge.core.op.Recurrent;

/** A {@code Recurrent} of kind SIMPLE. */
final class SimpleRnnLowering implements Lowering<SimpleRnn> {

  @Override
  public Lowered lower(SimpleRnn layer, LoweringContext context) {
    return RecurrentLowering.lower(layer, Recurrent.Cell.SIMPLE, Activation.LINEAR, false, context);
  }
}
