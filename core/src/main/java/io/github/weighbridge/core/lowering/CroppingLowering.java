package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Cropping;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code Slice}. */
final class CroppingLowering implements Lowering<Cropping> {

  @Override
  public Lowered lower(Cropping layer, LoweringContext context) {
    Value x = context.input();
    List<Integer> axes = new ArrayList<>();
    List<Long> starts = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    for (int i = 0; i < layer.cropping().size(); i++) {
      int after = layer.cropping().get(i).get(1);
      axes.add(Window.spatialAxis(i, layer.dataFormat().channelAxis(x.type().rank())));
      starts.add(layer.cropping().get(i).get(0).longValue());
      ends.add(after == 0 ? Slice.TO_END : -after);
    }
    Slice slice = new Slice(axes, starts, ends, Collections.nCopies(axes.size(), 1L));
    return Lowered.of(context.add("crop", slice, x));
  }
}
