package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.RmsNormalization;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;

/** A quotient by the root mean square, times the scale. Keras ends masks here. */
final class RmsNormalizationLowering implements Lowering<RmsNormalization> {

  @Override
  public Lowered lower(RmsNormalization layer, LoweringContext context) {
    DataType wide = Statistics.wide(context.computeType());
    Value x = context.cast(context.input(), wide);
    List<Integer> axes = layer.axis().counted(x.type().rank());
    Value y = Statistics.scaledByRootMeanSquare(context, x, axes, layer.epsilon());
    // Keras 3 has the scale in the type that the layer computes in.
    Value scale = context.cast(context.weight("scale"), wide);
    Value scaled = context.binary(BinaryFunction.MULTIPLY, y, scale);
    return Lowered.of(context.cast(scaled, context.input().type().dtype()));
  }
}
