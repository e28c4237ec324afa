package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import java.util.List;

/** The numbers from {@code low} to {@code low + span}, in which levels of an image are told. */
record ValueRange(double low, double span) {

  /** Bytes. */
  static final ValueRange LEVELS = new ValueRange(0, 255);

  /** A range by its ends. */
  static ValueRange of(List<Double> ends) {
    return new ValueRange(ends.get(0), ends.get(1) - ends.get(0));
  }

  /** Numbers of this range in the same place of another. */
  Value moved(LoweringContext context, Value x, ValueRange to) {
    if (equals(to)) {
      return x;
    }
    Value part =
        context.binary(
            BinaryFunction.DIVIDE, context.binary(BinaryFunction.SUBTRACT, x, low), span);
    return context.binary(
        BinaryFunction.ADD, context.binary(BinaryFunction.MULTIPLY, part, to.span), to.low);
  }
}
