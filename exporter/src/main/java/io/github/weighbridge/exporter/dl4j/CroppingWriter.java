package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Cropping;
import io.github.weighbridge.core.layer.DataFormat;
import java.util.List;

/** Cropping to cropping layers. */
final class CroppingWriter implements LayerWriter<Cropping> {

  @Override
  public ChannelRule channels(Cropping layer, int rank) {
    return ChannelRule.of(layer.dataFormat());
  }

  @Override
  public String write(Cropping layer, LayerCall call) {
    DataFormat format = call.format(layer.dataFormat());
    List<Integer> amounts = layer.cropping().stream().flatMap(List::stream).toList();
    int rank = layer.cropping().size();
    Dl4jObject config =
        LayerTemplates.plain("convolutional.Cropping" + rank + "D").with("cropping", amounts);
    return rank == 2
        ? call.layer(config.with("dataFormat", Window.format2d(format)))
        : ChannelsFirst.layer(call, format, config);
  }
}
