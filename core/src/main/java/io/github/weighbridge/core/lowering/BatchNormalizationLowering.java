package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.BatchNormalization;
import io.github.weighbridge.core.tensor.Shape;

/** {@code BatchNormalization} with the moving statistics. */
final class BatchNormalizationLowering implements Lowering<BatchNormalization> {

  @Override
  public Lowered lower(BatchNormalization layer, LoweringContext context) {
    Value x = context.input();
    int axis = layer.axis() < 0 ? layer.axis() + x.type().rank() : layer.axis();
    Value mean = context.weight("moving_mean");
    Shape vector = mean.type().shape();
    Value gamma = layer.scale() ? context.weight("gamma") : context.filled("ones", 1, vector);
    Value beta = layer.center() ? context.weight("beta") : context.filled("zeros", 0, vector);
    Value variance = context.weight("moving_variance");
    var op = new io.github.weighbridge.core.op.BatchNormalization(layer.epsilon(), axis);
    return context.passMask(context.add("normalize", op, x, gamma, beta, mean, variance));
  }
}
