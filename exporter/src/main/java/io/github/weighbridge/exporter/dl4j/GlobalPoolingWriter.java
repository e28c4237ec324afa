package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.GlobalPooling;
import io.github.weighbridge.core.layer.PoolingKind;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.List;

/**
 * GlobalMaxPooling and GlobalAveragePooling, with the pooled axes named: DL4J would take channels
 * to be first.
 */
final class GlobalPoolingWriter implements LayerWriter<GlobalPooling> {

  @Override
  public ChannelRule channels(GlobalPooling layer, int rank) {
    return ChannelRule.of(layer.dataFormat());
  }

  @Override
  public String write(GlobalPooling layer, LayerCall call) {
    Dl4jObject config =
        LayerTemplates.plain("GlobalPoolingLayer")
            .with("collapseDimensions", true)
            .with("pnorm", 2)
            .with(
                "poolingDimensions", layer.spatialAxes().stream().map(call::axis).sorted().toList())
            .with("poolingType", layer.kind() == PoolingKind.MAX ? "MAX" : "AVG");
    if (!layer.keepdims()) {
      return call.layer(config);
    }
    Shape shape = call.outputShape();
    long channels = call.channels(layer.dataFormat());
    String pooled =
        call.network().layer(call.name() + "/pooled", config, List.of(), call.input(), null);
    Shape flat = Shape.of(shape.dim(0), Dim.of(channels));
    return call.network().preProcessor(call.name(), PreProcessors.reshape(flat, shape), pooled);
  }
}
