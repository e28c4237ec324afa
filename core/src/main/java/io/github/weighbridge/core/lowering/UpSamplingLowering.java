package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.UpSampling;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Resize;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import java.util.Optional;

/**
 * {@code Resize} by whole factors; interpolation by more than the nearest neighbours is a product
 * with a matrix of weights per axis, where the size of the image is known.
 */
final class UpSamplingLowering implements Lowering<UpSampling> {

  @Override
  public Lowered lower(UpSampling layer, LoweringContext context) {
    Value x = context.input();
    Optional<Resampling> resampling = Resampling.of(layer.interpolation());
    if (resampling.isPresent() && hasKnownSize(layer, x)) {
      return Lowered.of(resampled(layer, resampling.get(), context, x));
    }
    Resize.Method method =
        switch (layer.interpolation()) {
          // By whole factors, an area of the result lies within one element.
          case "nearest", "area" -> Resize.Method.NEAREST;
          case "bilinear" -> Resize.Method.LINEAR;
          case "bicubic" -> Resize.Method.CUBIC;
          default ->
              throw context.unsupported(
                  "interpolation must be 'nearest', 'bilinear' or 'bicubic', or the size of the"
                      + " image known",
                  "'" + layer.interpolation() + "'");
        };
    Resize resize =
        new Resize(method, layer.size(), layer.dataFormat().channelAxis(x.type().rank()));
    return Lowered.of(context.add("resize", resize, x));
  }

  private static boolean hasKnownSize(UpSampling layer, Value x) {
    int first = layer.dataFormat() == DataFormat.CHANNELS_FIRST ? 2 : 1;
    Shape shape = x.type().shape();
    return shape.rank() == 4 && shape.dim(first).isFixed() && shape.dim(first + 1).isFixed();
  }

  private static Value resampled(
      UpSampling layer, Resampling resampling, LoweringContext context, Value x) {
    boolean channelsFirst = layer.dataFormat() == DataFormat.CHANNELS_FIRST;
    Shape shape = x.type().shape();
    Dim rows = shape.dim(channelsFirst ? 2 : 1);
    Dim columns = shape.dim(channelsFirst ? 3 : 2);
    Value down = matrix(context, "rows", resampling, rows, layer.size().get(0), x);
    Value across = matrix(context, "columns", resampling, columns, layer.size().get(1), x);
    if (channelsFirst) {
      Value tall = context.add("down", new MatMul(), down, x);
      Value turned = context.add("turned", new Transpose(List.of(1, 0)), across);
      return context.add("across", new MatMul(), tall, turned);
    }
    Dim channels = shape.dim(3);
    Shape flat = Shape.of(shape.dim(0), rows, columns.times(channels.size()));
    Value lines = context.add("lines", Shapes.like(flat, 0), x);
    Value tall = context.add("down", new MatMul(), down, lines);
    Shape image = Shape.of(shape.dim(0), rows.times(layer.size().get(0)), columns, channels);
    return context.add(
        "across", new MatMul(), across, context.add("image", Shapes.like(image, 0), tall));
  }

  private static Value matrix(
      LoweringContext context, String what, Resampling resampling, Dim dim, int factor, Value x) {
    int size = Math.toIntExact(dim.size());
    float[] matrix = resampling.matrix(size, factor);
    Tensor weights = Tensor.of(matrix, (long) size * factor, size);
    return context.constant(what, WeightRef.of(weights.cast(x.type().dtype())));
  }
}
