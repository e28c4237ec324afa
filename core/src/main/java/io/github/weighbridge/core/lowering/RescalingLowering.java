package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Numbers;
import io.github.weighbridge.core.layer.Rescaling;
import io.github.weighbridge.core.op.BinaryFunction;

/** {@code scale x + offset}. */
final class RescalingLowering implements Lowering<Rescaling> {

  @Override
  public Lowered lower(Rescaling layer, LoweringContext context) {
    Value x = context.cast(context.input(), context.computeType());
    Value scaled =
        context.binary(BinaryFunction.MULTIPLY, x, context.numbers("scale", layer.scale()));
    Value result =
        layer.offset().equals(Numbers.of(0))
            ? scaled
            : context.binary(BinaryFunction.ADD, scaled, context.numbers("offset", layer.offset()));
    return layer.passesMask() ? context.passMask(result) : Lowered.of(result);
  }
}
