package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Resizing;
import io.github.weighbridge.core.tensor.DataType;

/** The image cut or padded to the ratio where that is asked for, then resized in float32. */
final class ResizingLowering implements Lowering<Resizing> {

  @Override
  public Lowered lower(Resizing layer, LoweringContext context) {
    Value x = context.input();
    DataType dtype = layer.resultType(x.type().dtype(), context.computeType());
    boolean nearest = layer.interpolation().equals("nearest");
    ImageResize image = new ImageResize(context, layer.dataFormat());
    Value own = context.cast(x, nearest ? dtype : DataType.FLOAT32);
    if (layer.isFitted() && !image.hasKnownSize(x)) {
      throw context.unknownSize(
          "the size of the image must be known to keep its aspect ratio",
          "the shape " + x.type().shape());
    }
    AspectRatio ratio = new AspectRatio(context, image);
    if (layer.cropToAspectRatio()) {
      own = ratio.cropped(own, layer.height(), layer.width());
    } else if (layer.padToAspectRatio()) {
      own = ratio.padded(own, layer.height(), layer.width(), layer.fillValue());
    }
    Value resized =
        image.resize(own, layer.interpolation(), layer.antialias(), layer.height(), layer.width());
    return Lowered.of(ImageResize.rounded(context, resized, dtype));
  }
}
