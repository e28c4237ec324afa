package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Highway;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.UnaryFunction;

/** {@code x + gate (activation(x kernel + bias) - x)}. */
final class HighwayLowering implements Lowering<Highway> {

  @Override
  public Lowered lower(Highway layer, LoweringContext context) {
    Value x = context.cast(context.input(), context.computeType());
    Value gate = context.unary(UnaryFunction.SIGMOID, linear(context, x, "carry_"));
    Value y = Activations.apply(context, layer.activation(), linear(context, x, ""));
    Value change = context.binary(BinaryFunction.SUBTRACT, y, x);
    Value gated = context.binary(BinaryFunction.MULTIPLY, gate, change);
    return Lowered.of(context.binary(BinaryFunction.ADD, x, gated));
  }

  private static Value linear(LoweringContext context, Value x, String prefix) {
    Value y = context.add("matmul", new MatMul(), x, context.weight(prefix + "kernel"));
    return context.hasWeight(prefix + "bias")
        ? context.binary(BinaryFunction.ADD, y, context.weight(prefix + "bias"))
        : y;
  }
}
