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

  private static final double WHITE = 255;

  @Override
  public Lowered lower(AutoContrast layer, LoweringContext context) {
    Value given = context.cast(context.input(), context.computeType());
    double first = layer.valueRange().get(0);
    double span = layer.valueRange().get(1) - first;
    Value x = moved(context, given, first, span, 0, WHITE);
    List<Integer> plane = List.of(1, 2);
    Value low = context.add("low", new Reduce(Reduce.Function.MIN, plane, true), x);
    Value high = context.add("high", new Reduce(Reduce.Function.MAX, plane, true), x);
    Value white = context.scalar("white", x.type().dtype(), WHITE);
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
    Value limited = context.add("limited", new Unary(UnaryFunction.CLIP, 0, WHITE), stretched);
    Value back = moved(context, limited, 0, WHITE, first, span);
    return Lowered.of(context.add("contrast", new Where(), flat, given, back));
  }

  /** Numbers of one range in the same place of another. */
  private static Value moved(
      LoweringContext context, Value x, double from, double span, double to, double newSpan) {
    if (from == to && span == newSpan) {
      return x;
    }
    Value part =
        context.binary(
            BinaryFunction.DIVIDE, context.binary(BinaryFunction.SUBTRACT, x, from), span);
    return context.binary(
        BinaryFunction.ADD, context.binary(BinaryFunction.MULTIPLY, part, newSpan), to);
  }
}
