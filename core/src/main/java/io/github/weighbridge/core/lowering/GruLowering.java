package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.Gru;
import io.github.weighbridge.core.op.Recurrent;

/** A {@code Recurrent} of kind GRU. */
final class GruLowering implements Lowering<Gru> {

  @Override
  public Lowered lower(Gru layer, LoweringContext context) {
    return RecurrentLowering.lower(
        layer, Recurrent.Cell.GRU, layer.recurrentActivation(), layer.resetAfter(), context);
  }
}
