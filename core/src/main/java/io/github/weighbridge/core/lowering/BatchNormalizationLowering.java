package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.BatchNormalization;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;

/** {@code BatchNormalization} with the moving statistics, which half precision cannot hold. */
final class BatchNormalizationLowering implements Lowering<BatchNormalization> {

  @Override
  public Lowered lower(BatchNormalization layer, LoweringContext context) {
    DataType wide = Statistics.wide(context.computeType());
    Value x = context.cast(context.input(), wide);
    int axis = layer.axis() < 0 ? layer.axis() + x.type().rank() : layer.axis();
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
    Value y = context.add("normalize", op, x, gamma, beta, mean, variance);
    return context.passMask(context.cast(y, context.computeType()));
  }
}
