package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.Elu;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;

/** {@code ELU}. */
final class EluLowering implements Lowering<Elu> {

  @Override
  public Lowered lower(Elu layer, LoweringContext context) {
    Unary function = Unary.of(UnaryFunction.ELU, layer.alpha());
    return context.passMask(context.add("elu", function, context.input()));
  }
}
