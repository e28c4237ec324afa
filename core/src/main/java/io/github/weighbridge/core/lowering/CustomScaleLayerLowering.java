package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CustomScaleLayer;
import io.github.weighbridge.core.op.BinaryFunction;
import java.util.List;

/** {@code a + scale b}. */
final class CustomScaleLayerLowering implements Lowering<CustomScaleLayer> {

  @Override
  public Lowered lower(CustomScaleLayer layer, LoweringContext context) {
    List<Value> inputs = context.inputs();
    Value scaled = context.binary(BinaryFunction.MULTIPLY, inputs.get(1), layer.scale());
    return Lowered.of(context.binary(BinaryFunction.ADD, inputs.get(0), scaled));
  }
}
