package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.PRelu;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.UnaryFunction;

/** {@code relu(x) + alpha min(x, 0)}; alpha has no batch and broadcasts over it. */
final class PReluLowering implements Lowering<PRelu> {

  @Override
  public Lowered lower(PRelu layer, LoweringContext context) {
    Value x = context.input();
    Value below = context.binary(BinaryFunction.MINIMUM, x, 0);
    Value scaled = context.binary(BinaryFunction.MULTIPLY, below, context.weight("alpha"));
    return context.passMask(
        context.binary(BinaryFunction.ADD, context.unary(UnaryFunction.RELU, x), scaled));
  }
}
