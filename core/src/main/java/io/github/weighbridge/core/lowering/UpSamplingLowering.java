package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.UpSampling;
import io.github.weighbridge.core.op.Resize;
import io.github.weighbridge.core.tensor.DataType;
import java.util.Optional;

/**
 * {@code Resize} by whole factors; interpolation by more than the nearest neighbours is a product
 * with a matrix of weights per axis, where the size of the image is known.
 */
final class UpSamplingLowering implements Lowering<UpSampling> {

  @Override
  public Lowered lower(UpSampling layer, LoweringContext context) {
    Value given = context.input();
    DataType dtype = layer.resultType(given.type().dtype());
    boolean repeats = layer.interpolation().equals("nearest");
    Value x = repeats ? given : context.cast(given, DataType.FLOAT32);
    if (layer.interpolation().equals("bilinear") && !layer.halfPixelCenters()) {
      Value raised = new CornerInterpolation(context).raised(x, layer);
      return Lowered.of(ImageResize.rounded(context, raised, dtype));
    }
    Optional<Resampling> resampling = Resampling.of(layer.interpolation(), false);
    ImageResize image = new ImageResize(context, layer.dataFormat());
    if (resampling.isPresent() && x.type().rank() == 4 && image.hasKnownSize(x)) {
      int height = Math.toIntExact(image.height(x).times(layer.size().get(0)).size());
      int width = Math.toIntExact(image.width(x).times(layer.size().get(1)).size());
      Value resized = image.product(x, resampling.get(), height, width);
      return Lowered.of(ImageResize.rounded(context, resized, dtype));
    }
    Resize.Method method =
        switch (layer.interpolation()) {
          // By whole factors, an area of the result lies within one element.
          case "nearest", "area" -> Resize.Method.NEAREST;
          case "bilinear" -> Resize.Method.LINEAR;
          case "bicubic" -> Resize.Method.CUBIC;
          default -> throw other(layer, context, resampling.isPresent());
        };
    Resize resize =
        Resize.by(method, layer.size(), layer.dataFormat().channelAxis(x.type().rank()));
    return Lowered.of(ImageResize.rounded(context, context.add("resize", resize, x), dtype));
  }

  private static Refusal other(UpSampling layer, LoweringContext context, boolean isKnown) {
    String found = "'" + layer.interpolation() + "'";
    return isKnown
        ? context.unknownSize(
            "interpolation must be 'nearest', 'bilinear' or 'bicubic', or the size of the image"
                + " known",
            found)
        : context.unsupported("interpolation must be one of Keras's", found);
  }
}
