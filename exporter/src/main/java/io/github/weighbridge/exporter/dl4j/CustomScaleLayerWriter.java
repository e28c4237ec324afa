package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.CustomScaleLayer;
import io.github.weighbridge.core.layer.Merge;
import java.util.List;

/** CustomScaleLayer to ScaleVertex and ElementWiseVertex. */
final class CustomScaleLayerWriter implements LayerWriter<CustomScaleLayer> {

  @Override
  public ChannelRule channels(CustomScaleLayer layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(CustomScaleLayer layer, LayerCall call) {
    Edge second = call.inputs().get(1);
    String scaled =
        call.network()
            .vertex(
                call.name() + "/scaled", Vertices.scale(layer.scale()), List.of(second.vertex()));
    return MergeWriter.write(
        Merge.Kind.ADD,
        call,
        List.of(call.inputs().get(0), second.withLayout(second.layout(), scaled)));
  }
}
