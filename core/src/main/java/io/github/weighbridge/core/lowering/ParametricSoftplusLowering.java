package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.ParametricSoftplus;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.UnaryFunction;

/** {@code alphas softplus(betas x)}; both have no batch and broadcast over it. */
final class ParametricSoftplusLowering implements Lowering<ParametricSoftplus> {

  @Override
  public Lowered lower(ParametricSoftplus layer, LoweringContext context) {
    Value scaled =
        context.binary(BinaryFunction.MULTIPLY, context.input(), context.weight("betas"));
    Value y = context.unary(UnaryFunction.SOFTPLUS, scaled);
    return context.passMask(context.binary(BinaryFunction.MULTIPLY, y, context.weight("alphas")));
  }
}
