package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.UnitNormalization;

/** UnitNormalization to L2NormalizeVertex of rows. */
final class UnitNormalizationWriter implements LayerWriter<UnitNormalization> {

  @Override
  public ChannelRule channels(UnitNormalization layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(UnitNormalization layer, LayerCall call) {
    return RowLayout.of(call, layer.axis().counted(call.inputShape().rank()))
        .map(layout -> layout.array(layout.rows().unitLength("", layer.shortest())))
        .orElseGet(call::input);
  }
}
