package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.BatchNormalization;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code BatchNormalization} with the moving statistics, which half precision cannot hold; with
 * those of the batch where a call trains in predictions too, unless the layer is frozen.
 */
final class BatchNormalizationLowering implements Lowering<BatchNormalization> {

  @Override
  public Lowered lower(BatchNormalization layer, LoweringContext context) {
    DataType wide = Statistics.wide(context.computeType());
    Value x = context.cast(context.input(), wide);
    int axis = layer.axis() < 0 ? layer.axis() + x.type().rank() : layer.axis();
    Value y =
        context.trains() && context.isTrainable()
            ? byBatch(layer, context, x, axis)
            : byMovingStatistics(layer, context, x, axis);
    return context.passMask(context.cast(y, context.computeType()));
  }

  private static Value byMovingStatistics(
      BatchNormalization layer, LoweringContext context, Value x, int axis) {
    DataType wide = x.type().dtype();
    Value mean = context.weight("moving_mean", wide);
    long[] sizes = mean.type().shape().sizes();
    Value gamma =
        layer.scale()
            ? context.weight("gamma", wide)
            : context.constant("ones", WeightRef.filled(wide, 1, sizes));
    Value beta =
        layer.center()
            ? context.weight("beta", wide)
            : context.constant("zeros", WeightRef.filled(wide, 0, sizes));
    Value variance = context.weight("moving_variance", wide);
    var op = new io.github.weighbridge.core.op.BatchNormalization(layer.epsilon(), axis);
    return context.add("normalize", op, x, gamma, beta, mean, variance);
  }

  private static Value byBatch(
      BatchNormalization layer, LoweringContext context, Value x, int axis) {
    if (layer.renorm()) {
      throw context.unsupported("must not train in predictions", "renorm and training=True");
    }
    int rank = x.type().rank();
    List<Integer> others = IntStream.range(0, rank).filter(i -> i != axis).boxed().toList();
    long[] sizes = new long[rank];
    Arrays.fill(sizes, 1);
    sizes[axis] = context.knownSize(x, axis);
    DataType wide = x.type().dtype();
    Value y = Statistics.standardized(context, x, others, layer.epsilon());
    if (layer.scale()) {
      y = context.binary(BinaryFunction.MULTIPLY, y, context.weight("gamma", wide, sizes));
    }
    return layer.center()
        ? context.binary(BinaryFunction.ADD, y, context.weight("beta", wide, sizes))
        : y;
  }
}
