package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.LeakyRelu;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;

/** {@code LEAKY_RELU}. */
final class LeakyReluLowering implements Lowering<LeakyRelu> {

  @Override
  public Lowered lower(LeakyRelu layer, LoweringContext context) {
    Unary function = Unary.of(UnaryFunction.LEAKY_RELU, layer.negativeSlope());
    return context.passMask(context.add("leaky_relu", function, context.input()));
  }
}
