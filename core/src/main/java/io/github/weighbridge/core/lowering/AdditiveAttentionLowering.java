package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.AdditiveAttention;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.UnaryFunction;

/** As {@link AttentionLowering}, with the sum of {@code scale tanh(query + key)} as scores. */
final class AdditiveAttentionLowering implements Lowering<AdditiveAttention> {

  @Override
  public Lowered lower(AdditiveAttention layer, LoweringContext context) {
    Value key = context.inputs().get(context.inputs().size() - 1);
    Value sums = AttentionLowering.sums(context, context.input(), key);
    Value bent = context.unary(UnaryFunction.TANH, sums);
    if (layer.useScale()) {
      bent = context.binary(BinaryFunction.MULTIPLY, bent, context.weight("scale"));
    }
    return AttentionLowering.attended(
        context, AttentionLowering.total(context, bent), layer.causal());
  }
}
