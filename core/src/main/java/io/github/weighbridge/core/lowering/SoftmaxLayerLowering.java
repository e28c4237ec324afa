package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.SoftmaxLayer;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;

/** The softmax, of what the mask leaves. */
final class SoftmaxLayerLowering implements Lowering<SoftmaxLayer> {

  @Override
  public Lowered lower(SoftmaxLayer layer, LoweringContext context) {
    Value x = context.input();
    // The mask may also be the second argument: Softmax()(scores, mask).
    List<Value> second = context.values("mask", 1);
    Value mask = second.isEmpty() ? context.mask() : second.get(0);
    if (mask != null && mask.type().dtype() != DataType.BOOL) {
      mask = context.binary(BinaryFunction.GREATER, mask, 0.5);
    }
    if (mask != null) {
      double low = x.type().dtype() == DataType.FLOAT16 ? -3e4 : -1e9;
      Value floor = context.scalar("floor", x.type().dtype(), low);
      x = context.add("masked", new Where(), mask, x, floor);
    }
    Value result = Softmaxes.softmax(context, x, layer.axis().counted(x.type().rank()), false);
    if (mask != null && layer.zeroMasked()) {
      Value zero = context.scalar("zero", x.type().dtype(), 0);
      result = context.add("kept", new Where(), mask, result, zero);
    }
    return context.passMask(result);
  }
}
