package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Flatten;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** {@code Reshape}; channels that come first are moved last before, as Keras does. */
final class FlattenLowering implements Lowering<Flatten> {

  @Override
  public Lowered lower(Flatten layer, LoweringContext context) {
    Value x = context.input();
    int rank = x.type().rank();
    if (rank == 1) {
      return Lowered.of(context.add("flatten", new Unsqueeze(List.of(1)), x));
    }
    if (layer.dataFormat() == DataFormat.CHANNELS_FIRST && rank > 2) {
      List<Integer> perm = new ArrayList<>(List.of(0));
      for (int i = 2; i < rank; i++) {
        perm.add(i);
      }
      perm.add(1);
      x = context.add("channels_last", new Transpose(perm), x);
    }
    if (rank == 2) {
      return Lowered.of(x);
    }
    Shape image = x.type().shape().slice(1, rank);
    DimSource features =
        image.isFixed() ? new DimSource.Fixed(image.elementCount()) : new DimSource.Rest();
    DimSource batch = DimSource.of(x.type().shape().dim(0), 0, 0);
    return Lowered.of(context.add("flatten", new Reshape(List.of(batch, features)), x));
  }
}
