package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.AutoContrast;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Where;
import java.util.List;

/** {@code (x - low) / (high - low)} of each image and channel, brought to the range of values. */
final class AutoContrastLowering implements Lowering<AutoContrast> {

  @Override
  public Lowered lower(AutoContrast layer, LoweringContext context) {
    Value x = context.cast(context.input(), context.computeType());
    double first = layer.valueRange().get(0);
    double span = layer.valueRange().get(1) - first;
    List<Integer> plane = List.of(1, 2);
    Value low = context.add("low", new Reduce(Reduce.Function.MIN, plane, true), x);
    Value high = context.add("high", new Reduce(Reduce.Function.MAX, plane, true), x);
    Value part =
        context.binary(
            BinaryFunction.DIVIDE,
            context.binary(BinaryFunction.SUBTRACT, x, low),
            context.binary(BinaryFunction.SUBTRACT, high, low));
    Value stretched =
        context.binary(
            BinaryFunction.ADD, context.binary(BinaryFunction.MULTIPLY, part, span), first);
    Value flat = context.binary(BinaryFunction.EQUAL, low, high);
    return Lowered.of(context.add("contrast", new Where(), flat, x, stretched));
  }
}
