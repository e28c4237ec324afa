package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.MatMul;

/** {@code activation(x kernel + bias)}. */
final class DenseLowering implements Lowering<Dense> {

  @Override
  public Lowered lower(Dense layer, LoweringContext context) {
    // Counts and the like come as whole numbers.
    Value x = context.cast(context.input(), context.computeType());
    Value y = context.add("matmul", new MatMul(), x, context.weight("kernel"));
    if (layer.useBias()) {
      y = context.binary(BinaryFunction.ADD, y, context.weight("bias"));
    }
    return context.passMask(Activations.apply(context, layer.activation(), y));
  }
}
