package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Resizing;

/** Resizing, decomposed; see {@link ResampledImage}. */
final class ResizingWriter implements LayerWriter<Resizing> {

  @Override
  public ChannelRule channels(Resizing layer, int rank) {
    return ChannelRule.of(layer.dataFormat());
  }

  @Override
  public String write(Resizing layer, LayerCall call) {
    return call.require(
            !layer.isFitted(),
            "must not keep the ratio of the image",
            layer.cropToAspectRatio() ? "crop_to_aspect_ratio" : "pad_to_aspect_ratio")
        ? new ResampledImage(layer.interpolation(), layer.antialias())
            .write(call, layer.dataFormat(), layer.height(), layer.width())
        : call.input();
  }
}
