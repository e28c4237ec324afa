package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.RandomCrop;

/** Nothing, or the middle of the image resized. */
final class RandomCropLowering implements Lowering<RandomCrop> {

  @Override
  public Lowered lower(RandomCrop layer, LoweringContext context) {
    if (!layer.resizes()) {
      return Lowered.of(context.rawInput());
    }
    Value x = context.cast(context.input(), context.computeType());
    ImageResize image = new ImageResize(context, layer.dataFormat());
    if (!image.hasKnownSize(x)) {
      throw context.unknownSize(
          "the size of the image must be known to keep its aspect ratio",
          "the shape " + x.type().shape());
    }
    if (layer.cutsBefore()) {
      Value cut = new AspectRatio(context, image).corner(x, layer.height(), layer.width());
      return Lowered.of(image.resize(cut, "bilinear", false, layer.height(), layer.width()));
    }
    return Lowered.of(CenterCropLowering.fitted(context, image, x, layer.height(), layer.width()));
  }
}
