package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.EinsumDense;
import io.github.weighbridge.core.op.BinaryFunction;

/** {@code activation(einsum(equation, x, kernel) + bias)}; the mask ends here. */
final class EinsumDenseLowering implements Lowering<EinsumDense> {

  @Override
  public Lowered lower(EinsumDense layer, LoweringContext context) {
    Value x = context.cast(context.input(), context.computeType());
    Value y = context.einsum(layer.equation(), x, context.weight("kernel"));
    if (layer.biasAxes() != null) {
      y = context.binary(BinaryFunction.ADD, y, context.weight("bias"));
    }
    return Lowered.of(Activations.apply(context, layer.activation(), y));
  }
}
