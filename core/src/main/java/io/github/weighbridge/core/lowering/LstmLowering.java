package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.Lstm;
import io.github.weighbridge.core.op.Recurrent;

/** A {@code Recurrent} of kind LSTM. */
final class LstmLowering implements Lowering<Lstm> {

  @Override
  public Lowered lower(Lstm layer, LoweringContext context) {
    return RecurrentLowering.lower(
        layer, Recurrent.Cell.LSTM, layer.recurrentActivation(), false, context);
  }
}
