package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CenterCrop;

/** {@code Slice}; a smaller image is fitted and resized. */
final class CenterCropLowering implements Lowering<CenterCrop> {

  @Override
  public Lowered lower(CenterCrop layer, LoweringContext context) {
    Value x = context.cast(context.input(), context.computeType());
    ImageResize image = new ImageResize(context, layer.dataFormat());
    if (!image.hasKnownSize(x)) {
      throw context.unknownSize(
          "the size of the image must be known to find its middle",
          "the shape " + x.type().shape());
    }
    long above = image.height(x).size() - layer.height();
    long beside = image.width(x).size() - layer.width();
    return Lowered.of(
        above >= 0 && beside >= 0
            ? new AspectRatio(context, image)
                .part(x, above / 2, beside / 2, layer.height(), layer.width())
            : fitted(context, image, x, layer.height(), layer.width()));
  }

  /** The middle of an image in the ratio of a size, resized linearly to that. */
  static Value fitted(LoweringContext context, ImageResize image, Value x, int height, int width) {
    Value cropped = new AspectRatio(context, image).cropped(x, height, width);
    return image.resize(cropped, "bilinear", false, height, width);
  }
}
