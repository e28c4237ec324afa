package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.CenterCrop;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.tensor.Shape;
import java.util.List;

/** CenterCrop of images that are large enough to Cropping2D. */
final class CenterCropWriter implements LayerWriter<CenterCrop> {

  @Override
  public ChannelRule channels(CenterCrop layer, int rank) {
    return ChannelRule.of(layer.dataFormat());
  }

  @Override
  public String write(CenterCrop layer, LayerCall call) {
    Shape shape = call.inputShape();
    DataFormat format = call.format(layer.dataFormat());
    int heightAxis = format == DataFormat.CHANNELS_LAST ? 1 : 2;
    if (!call.require(
        shape.slice(heightAxis, heightAxis + 2).isFixed(),
        "must have an input of known size",
        shape)) {
      return call.input();
    }
    long above = shape.dim(heightAxis).size() - layer.height();
    long beside = shape.dim(heightAxis + 1).size() - layer.width();
    if (!call.require(
        above >= 0 && beside >= 0, "must have an image that is not smaller than its cut", shape)) {
      return call.input();
    }
    List<Long> cropping = List.of(above / 2, above - above / 2, beside / 2, beside - beside / 2);
    return call.layer(CroppingWriter.config2d(cropping, format));
  }
}
