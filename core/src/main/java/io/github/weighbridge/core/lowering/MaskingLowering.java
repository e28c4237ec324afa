package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Masking;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;

/** The mask is {@code any(x != maskValue)} over the features; what it leaves out becomes zero. */
final class MaskingLowering implements Lowering<Masking> {

  @Override
  public Lowered lower(Masking layer, LoweringContext context) {
    Value x = context.input();
    int last = x.type().rank() - 1;
    // The value of a mask need be no whole number.
    Value numbers = x.type().dtype().isFloating() ? x : context.cast(x, DataType.FLOAT32);
    Value differs = context.binary(BinaryFunction.NOT_EQUAL, numbers, layer.maskValue());
    Value mask =
        context.add("mask", new Reduce(Reduce.Function.ANY, List.of(last), false), differs);
    Value kept = context.add("kept", new Unsqueeze(List.of(last)), mask);
    Value masked = context.binary(BinaryFunction.MULTIPLY, x, context.cast(kept, x.type().dtype()));
    return Lowered.of(masked, mask);
  }
}
