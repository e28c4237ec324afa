package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.ZeroPadding;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Window;
import java.util.Arrays;
import java.util.List;

/** {@code Pad} with zeros. */
final class ZeroPaddingLowering implements Lowering<ZeroPadding> {

  @Override
  public Lowered lower(ZeroPadding layer, LoweringContext context) {
    Value x = context.input();
    int rank = x.type().rank();
    Long[] begin = new Long[rank];
    Long[] end = new Long[rank];
    Arrays.fill(begin, 0L);
    Arrays.fill(end, 0L);
    for (int i = 0; i < layer.padding().size(); i++) {
      int axis = Window.spatialAxis(i, layer.dataFormat().channelAxis(rank));
      begin[axis] = layer.padding().get(i).get(0).longValue();
      end[axis] = layer.padding().get(i).get(1).longValue();
    }
    Pad pad = new Pad(List.of(begin), List.of(end), Pad.Mode.CONSTANT, 0);
    return Lowered.of(context.add("pad", pad, x));
  }
}
