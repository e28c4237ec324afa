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
    return rank == 2
        ? call.layer(config2d(amounts, format))
        : ChannelsFirst.layer(call, format, config(rank, amounts));
  }

  /** DL4J's Cropping2D, of rows above and below, then of columns. */
  static Dl4jObject config2d(List<? extends Number> amounts, DataFormat format) {
    return config(2, amounts).with("dataFormat", Window.format2d(format));
  }

  private static Dl4jObject config(int rank, List<? extends Number> amounts) {
    return LayerTemplates.plain("convolutional.Cropping" + rank + "D").with("cropping", amounts);
  }
}
