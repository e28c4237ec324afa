package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.AdaptivePooling;
import io.github.weighbridge.core.layer.Pooling;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** AdaptiveMaxPooling and AdaptiveAveragePooling whose windows are equal, to subsampling layers. */
final class AdaptivePoolingWriter implements LayerWriter<AdaptivePooling> {

  @Override
  public ChannelRule channels(AdaptivePooling layer, int rank) {
    return ChannelRule.of(layer.dataFormat());
  }

  @Override
  public String write(AdaptivePooling layer, LayerCall call) {
    Shape image = call.inputShape();
    List<Integer> size = new ArrayList<>();
    for (int i = 0; i < layer.rank(); i++) {
      Dim dim = image.dim(call.axis(layer.spatialAxis(i)));
      long in = dim.isFixed() ? dim.size() : 0;
      if (!call.require(
          dim.isFixed() && in % layer.outputSize().get(i) == 0,
          "must have sizes that its output_size divides",
          image + " with output_size " + layer.outputSize())) {
        return call.input();
      }
      size.add(Math.toIntExact(in / layer.outputSize().get(i)));
    }
    Pooling pooling =
        new Pooling(layer.kind(), size, size, WindowPadding.VALID, layer.dataFormat());
    return new PoolingWriter().write(pooling, call);
  }
}
