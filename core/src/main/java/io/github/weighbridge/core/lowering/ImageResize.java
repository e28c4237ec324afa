package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.EinsumEquation;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Resize;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import java.util.Optional;

/**
 * Images {@code [batch, height, width, channels]} (or channels first) brought to another size, as
 * tf.image.resize does. What is more than linear interpolation is a product with a matrix of
 * weights per axis, for which the size of the image must be known.
 */
final class ImageResize {

  private final OperationScope context;
  private final boolean channelsFirst;

  ImageResize(OperationScope context, DataFormat dataFormat) {
    this.context = context;
    this.channelsFirst = dataFormat == DataFormat.CHANNELS_FIRST;
  }

  /** The axis of the height; that of the width is the next. */
  int heightAxis() {
    return channelsFirst ? 2 : 1;
  }

  /** Whether height and width are known. */
  boolean hasKnownSize(Value x) {
    return height(x).isFixed() && width(x).isFixed();
  }

  Dim height(Value x) {
    return x.type().shape().dim(heightAxis());
  }

  Dim width(Value x) {
    return x.type().shape().dim(heightAxis() + 1);
  }

  /** An image in another size. */
  Value resize(Value x, String interpolation, boolean antialias, int height, int width) {
    boolean known = hasKnownSize(x);
    if (known && height(x).size() == height && width(x).size() == width) {
      return x;
    }
    if (known && interpolation.equals("nearest")) {
      Value rows = gathered(x, heightAxis(), height);
      return gathered(rows, heightAxis() + 1, width);
    }
    if (known && interpolation.equals("area")) {
      return product(
          x,
          Resampling.areas(size(height(x)), height),
          height,
          Resampling.areas(size(width(x)), width),
          width);
    }
    Optional<Resampling> resampling = Resampling.of(interpolation, antialias);
    if (known && resampling.isPresent()) {
      return product(x, resampling.get(), height, width);
    }
    if (resampling.isPresent() && resampling.get().isPiecewise()) {
      return openProduct(x, resampling.get(), height, width);
    }
    boolean smoothed = antialias && !interpolation.equals("nearest");
    Optional<Resize.Method> method = smoothed ? Optional.empty() : method(interpolation);
    if (method.isEmpty() && (resampling.isPresent() || interpolation.equals("area"))) {
      throw context.unknownSize(
          "interpolation must be 'nearest', 'bilinear' or 'bicubic', or the size of the image known",
          "'" + interpolation + "' of an image " + x.type().shape());
    }
    if (method.isEmpty()) {
      throw context.unsupported("interpolation must be one of Keras's", "'" + interpolation + "'");
    }
    int channelAxis = channelsFirst ? 1 : 3;
    return context.add("resize", Resize.to(method.get(), List.of(height, width), channelAxis), x);
  }

  private static Optional<Resize.Method> method(String interpolation) {
    return switch (interpolation) {
      case "nearest" -> Optional.of(Resize.Method.NEAREST);
      case "bilinear" -> Optional.of(Resize.Method.LINEAR);
      default -> Optional.empty();
    };
  }

  /** As {@link #product}, of an image some size of which is known at run time only. */
  private Value openProduct(Value x, Resampling resampling, int height, int width) {
    Value down = resampling.matrix(context, x, heightAxis(), height);
    Value across = resampling.matrix(context, x, heightAxis() + 1, width);
    String rows = channelsFirst ? "th,bchw->bctw" : "th,bhwc->btwc";
    String columns = channelsFirst ? "sw,bctw->bcts" : "sw,btwc->btsc";
    Value tall = context.einsum(EinsumEquation.parse(rows), down, x);
    return context.einsum(EinsumEquation.parse(columns), across, tall);
  }

  private Value gathered(Value x, int axis, int target) {
    int size = size(x.type().shape().dim(axis));
    if (size == target) {
      return x;
    }
    WeightRef indices = WeightRef.of(Tensor.of(Resampling.nearest(size, target), target));
    return context.add("nearest", new Gather(axis, 0), x, context.constant("indices", indices));
  }

  /** An image resampled to a size; its own must be known. */
  Value product(Value x, Resampling resampling, int height, int width) {
    return product(
        x,
        resampling.matrix(size(height(x)), height),
        height,
        resampling.matrix(size(width(x)), width),
        width);
  }

  private Value product(Value x, float[] rows, int height, float[] columns, int width) {
    Shape shape = x.type().shape();
    Value down = matrix("rows", rows, height, x);
    Value across = matrix("columns", columns, width, x);
    if (channelsFirst) {
      Value tall = context.add("down", new MatMul(), down, x);
      Value turned = context.add("turned", new Transpose(List.of(1, 0)), across);
      return context.add("across", new MatMul(), tall, turned);
    }
    Dim channels = Dim.of(context.knownSize(x, 3));
    Shape flat = Shape.of(shape.dim(0), height(x), width(x).times(channels.size()));
    Value lines = context.add("lines", Shapes.like(flat, 0), x);
    Value tall = context.add("down", new MatMul(), down, lines);
    Shape image = Shape.of(shape.dim(0), Dim.of(height), width(x), channels);
    return context.add(
        "across", new MatMul(), across, context.add("image", Shapes.like(image, 0), tall));
  }

  private Value matrix(String what, float[] matrix, int target, Value x) {
    Tensor weights = Tensor.of(matrix, target, matrix.length / target);
    return context.constant(what, WeightRef.of(weights.cast(x.type().dtype())));
  }

  /** An image in another type: whole numbers are rounded and limited to what it holds. */
  static Value rounded(LoweringContext context, Value resized, DataType dtype) {
    if (resized.type().dtype() == dtype || dtype.isFloating()) {
      return context.cast(resized, dtype);
    }
    return SaturatedCast.of(context, context.unary(UnaryFunction.ROUND, resized), dtype);
  }

  private static int size(Dim dim) {
    return Math.toIntExact(dim.size());
  }
}
