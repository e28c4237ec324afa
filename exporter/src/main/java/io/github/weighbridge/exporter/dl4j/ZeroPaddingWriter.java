package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.ZeroPadding;
import java.util.List;

/** ZeroPadding to zero padding layers. */
final class ZeroPaddingWriter implements LayerWriter<ZeroPadding> {

  @Override
  public ChannelRule channels(ZeroPadding layer, int rank) {
    return ChannelRule.of(layer.dataFormat());
  }

  @Override
  public String write(ZeroPadding layer, LayerCall call) {
    DataFormat format = call.format(layer.dataFormat());
    List<Integer> amounts = layer.padding().stream().flatMap(List::stream).toList();
    return switch (layer.padding().size()) {
      case 1 ->
          ChannelsFirst.layer(
              call, format, LayerTemplates.plain("ZeroPadding1DLayer").with("padding", amounts));
      case 2 ->
          call.layer(
              LayerTemplates.plain("ZeroPaddingLayer")
                  .with("dataFormat", Window.format2d(format))
                  .with("padding", amounts));
      default ->
          ChannelsFirst.layer(
              call, format, LayerTemplates.plain("ZeroPadding3DLayer").with("padding", amounts));
    };
  }
}
