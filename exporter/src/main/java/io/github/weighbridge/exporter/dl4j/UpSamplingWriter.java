package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.UpSampling;
import io.github.weighbridge.core.tensor.Shape;

/** UpSampling to upsampling layers. */
final class UpSamplingWriter implements LayerWriter<UpSampling> {

  @Override
  public ChannelRule channels(UpSampling layer, int rank) {
    return ChannelRule.of(layer.dataFormat());
  }

  @Override
  public String write(UpSampling layer, LayerCall call) {
    if (!layer.interpolation().equals("nearest")) {
      return interpolated(layer, call);
    }
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

  private static String interpolated(UpSampling layer, LayerCall call) {
    boolean centered =
        call.require(
            layer.size().size() == 2
                && (layer.halfPixelCenters() || !layer.interpolation().equals("bilinear")),
            "must have centres of pixels between their corners",
            layer.interpolation());
    Shape shape = call.inputShape();
    boolean known =
        call.require(
            shape.slice(1, shape.rank()).isFixed(), "must have an input of known sizes", shape);
    if (!centered || !known) {
      return call.input();
    }
    int heightAxis = call.axis(layer.dataFormat() == DataFormat.CHANNELS_LAST ? 1 : 2);
    return new ResampledImage(layer.interpolation(), false)
        .write(
            call,
            layer.dataFormat(),
            shape.dim(heightAxis).size() * layer.size().get(0),
            shape.dim(heightAxis + 1).size() * layer.size().get(1));
  }
}
