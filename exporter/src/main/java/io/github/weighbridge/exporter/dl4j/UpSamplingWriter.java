package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.UpSampling;

/** UpSampling to upsampling layers. */
final class UpSamplingWriter implements LayerWriter<UpSampling> {

  @Override
  public ChannelRule channels(UpSampling layer, int rank) {
    return ChannelRule.of(layer.dataFormat());
  }

  @Override
  public String write(UpSampling layer, LayerCall call) {
    call.require(
        layer.interpolation().equals("nearest"),
        "must repeat elements, DL4J does not interpolate",
        layer.interpolation());
    DataFormat format = call.format(layer.dataFormat());
    int rank = layer.size().size();
    return switch (rank) {
      case 1 ->
          ChannelsFirst.layer(
              call,
              format,
              LayerTemplates.plain("Upsampling1D")
                  .with("size", LayerTemplates.filled(layer.size(), 2, layer.size().get(0))));
      case 2 ->
          call.layer(
              LayerTemplates.plain("Upsampling2D")
                  .with("format", Window.format2d(format))
                  .with("size", layer.size()));
      default ->
          call.layer(
              LayerTemplates.plain("Upsampling3D")
                  .with("dataFormat", Window.format3d(format))
                  .with("size", layer.size()));
    };
  }
}
