package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.SRelu;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.UnaryFunction;

/**
 * {@code min(max(x, left), right) + a_left min(x - left, 0) + a_right max(x - right, 0)}, with
 * {@code right} the sum of {@code left} and {@code |t_right|}.
 */
final class SReluLowering implements Lowering<SRelu> {

  @Override
  public Lowered lower(SRelu layer, LoweringContext context) {
    Value x = context.input();
    Value left = context.weight("t_left");
    Value width = context.unary(UnaryFunction.ABS, context.weight("t_right"));
    Value right = context.binary(BinaryFunction.ADD, left, width);
    Value between =
        context.binary(
            BinaryFunction.MINIMUM, context.binary(BinaryFunction.MAXIMUM, x, left), right);
    Value below =
        context.binary(BinaryFunction.MINIMUM, context.binary(BinaryFunction.SUBTRACT, x, left), 0);
    Value above =
        context.unary(UnaryFunction.RELU, context.binary(BinaryFunction.SUBTRACT, x, right));
    Value y = context.binary(BinaryFunction.ADD, between, scaled(context, below, "a_left"));
    return context.passMask(
        context.binary(BinaryFunction.ADD, y, scaled(context, above, "a_right")));
  }

  private static Value scaled(LoweringContext context, Value x, String weight) {
    return context.binary(BinaryFunction.MULTIPLY, x, context.weight(weight));
  }
}
