package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Normalization;
import io.github.weighbridge.core.layer.Numbers;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code (x - mean) / deviation}, or {@code mean + x deviation}. */
final class NormalizationLowering implements Lowering<Normalization> {

  /** Keras's backend.epsilon(), below which no deviation falls. */
  private static final double EPSILON = 1e-7;

  @Override
  public Lowered lower(Normalization layer, LoweringContext context) {
    Value x = context.cast(context.input(), context.computeType());
    List<Integer> axes = layer.counted(x.type().rank());
    Value mean = statistic(context, "mean", layer.mean(), x, axes);
    Value variance = statistic(context, "variance", layer.variance(), x, axes);
    Value deviation =
        context.binary(
            BinaryFunction.MAXIMUM, context.unary(UnaryFunction.SQRT, variance), EPSILON);
    Value result =
        layer.invert()
            ? context.binary(
                BinaryFunction.ADD, mean, context.binary(BinaryFunction.MULTIPLY, x, deviation))
            : context.binary(
                BinaryFunction.DIVIDE, context.binary(BinaryFunction.SUBTRACT, x, mean), deviation);
    return layer.passesMask() ? context.passMask(result) : Lowered.of(result);
  }

  /** A statistic with axes of size 1 where there is one for all, so that it broadcasts. */
  private static Value statistic(
      LoweringContext context, String name, @Nullable Numbers given, Value x, List<Integer> axes) {
    long[] spread = new long[x.type().rank()];
    Arrays.fill(spread, 1);
    axes.forEach(axis -> spread[axis] = context.knownSize(x, axis));
    if (given == null) {
      return context.weight(name, spread);
    }
    long[] own = axes.stream().mapToLong(axis -> spread[axis]).toArray();
    Tensor values = given.tensor().cast(context.computeType());
    return context.constant(name, WeightRef.of(values).broadcastTo(own).reshaped(spread));
  }
}
