package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.AutoContrast;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Where;
import java.util.List;

/**
 * {@code scale x - low scale} of each image and channel between 0 and 255, {@code scale} being
 * {@code 255 / (high - low)}. The order of the operations is Keras's: it shows in half precision.
 */
final class AutoContrastLowering implements Lowering<AutoContrast> {

  @Override
  public Lowered lower(AutoContrast layer, LoweringContext context) {
    Value given = context.cast(context.input(), context.computeType());
    ValueRange range = ValueRange.of(layer.valueRange());
    Value x = range.moved(context, given, ValueRange.LEVELS);
    List<Integer> plane = List.of(1, 2);
    Value low = context.add("low", new Reduce(Reduce.Function.MIN, plane, true), x);
    Value high = context.add("high", new Reduce(Reduce.Function.MAX, plane, true), x);
    double span = ValueRange.LEVELS.span();
    Value white = context.scalar("white", x.type().dtype(), span);
    Value scale =
        context.binary(
            BinaryFunction.DIVIDE, white, context.binary(BinaryFunction.SUBTRACT, high, low));
    Value stretched =
        context.binary(
            BinaryFunction.SUBTRACT,
            context.binary(BinaryFunction.MULTIPLY, x, scale),
            context.binary(BinaryFunction.MULTIPLY, low, scale));
    // What has one value alone, or too little contrast for the type, stays.
    Value flat = FloatingPoint.isNan(context, stretched);
    Value limited = context.add("limited", new Unary(UnaryFunction.CLIP, 0, span), stretched);
    Value back = ValueRange.LEVELS.moved(context, limited, range);
    return Lowered.of(context.add("contrast", new Where(), flat, given, back));
  }
}
