package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.ZeroPadding;
import java.util.List;

/** ZeroPadding to zero padding layers. */
final class ZeroPaddingWriter implements LayerWriter<ZeroPadding> {

  @Override
  public String write(ZeroPadding layer, LayerCall call) {
    boolean last = layer.dataFormat() == DataFormat.CHANNELS_LAST;
    List<Integer> amounts = layer.padding().stream().flatMap(List::stream).toList();
    return switch (layer.padding().size()) {
      case 1 ->
          ChannelsFirst.layer(
              call, last, LayerTemplates.plain("ZeroPadding1DLayer").with("padding", amounts));
      case 2 ->
          call.layer(
              LayerTemplates.plain("ZeroPaddingLayer")
                  .with("dataFormat", last ? "NHWC" : "NCHW")
                  .with("padding", amounts));
      default ->
          ChannelsFirst.layer(
              call, last, LayerTemplates.plain("ZeroPadding3DLayer").with("padding", amounts));
    };
  }
}
