package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Pooling;
import io.github.weighbridge.core.layer.PoolingKind;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.Shape;

/** {@code Pool}. */
final class PoolingLowering implements Lowering<Pooling> {

  @Override
  public Lowered lower(Pooling layer, LoweringContext context) {
    Value x = context.input();
    Shape image = x.type().shape();
    Window window =
        Windows.pool(image, layer.dataFormat(), layer.poolSize(), layer.strides(), layer.padding());
    Pool.Kind kind = layer.kind() == PoolingKind.MAX ? Pool.Kind.MAX : Pool.Kind.AVERAGE;
    Pool pool = new Pool(kind, window, layer.dataFormat().channelAxis(image.rank()));
    return Lowered.of(context.add("pool", pool, x));
  }
}
