package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.SoftmaxLayer;
import java.util.List;

/** The softmax of what the mask lets through. */
final class SoftmaxLayerLowering implements Lowering<SoftmaxLayer> {

  @Override
  public Lowered lower(SoftmaxLayer layer, LoweringContext context) {
    Value x = context.input();
    // The mask may also be the second argument: Softmax()(scores, mask).
    List<Value> second = context.values("mask", 1);
    Value mask = second.isEmpty() ? context.mask() : second.get(0);
    List<Integer> axes = layer.axis().counted(x.type().rank());
    return context.passMask(MaskedSoftmax.of(context, x, mask, axes, layer.zeroMasked()));
  }
}
