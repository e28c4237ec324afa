package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.GlobalPooling;
import io.github.weighbridge.core.layer.PoolingKind;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Unsqueeze;
import java.util.List;

/** {@code Reduce} over the spatial axes; a masked 1-D mean divides by the steps that count. */
final class GlobalPoolingLowering implements Lowering<GlobalPooling> {

  @Override
  public Lowered lower(GlobalPooling layer, LoweringContext context) {
    Value x = context.cast(context.input(), layer.resultType(context.input().type().dtype()));
    Value mask = context.mask();
    if (mask != null && layer.rank() == 1 && layer.kind() == PoolingKind.AVERAGE) {
      return Lowered.of(maskedMean(layer, context, x, mask));
    }
    Reduce.Function function =
        layer.kind() == PoolingKind.MAX ? Reduce.Function.MAX : Reduce.Function.MEAN;
    Reduce reduce = new Reduce(function, layer.spatialAxes(), layer.keepdims());
    return Lowered.of(context.add("pool", reduce, x));
  }

  private static Value maskedMean(
      GlobalPooling layer, LoweringContext context, Value x, Value mask) {
    int channels = layer.dataFormat() == DataFormat.CHANNELS_FIRST ? 1 : 2;
    Value counts =
        context.add(
            "counts", new Unsqueeze(List.of(channels)), context.cast(mask, x.type().dtype()));
    Reduce sum = new Reduce(Reduce.Function.SUM, layer.spatialAxes(), layer.keepdims());
    Value total = context.add("sum", sum, context.binary(BinaryFunction.MULTIPLY, x, counts));
    return context.binary(BinaryFunction.DIVIDE, total, context.add("steps", sum, counts));
  }
}
