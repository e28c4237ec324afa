package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.lowering.Resampling;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import java.util.Optional;

/**
 * An image in another size: the height, then the width, multiplied by a matrix of weights, which
 * are constants.
 *
 * @param interpolation Keras's name
 * @param antialias whether it covers all elements where the result is smaller
 */
record ResampledImage(String interpolation, boolean antialias) {

  /** Writes a call that brings its image to a size. */
  String write(LayerCall call, DataFormat format, long height, long width) {
    Shape shape = call.inputShape();
    boolean isKnown =
        call.require(
            shape.slice(1, shape.rank()).isFixed(), "must have an input of known sizes", shape);
    int heightAxis = call.axis(format == DataFormat.CHANNELS_LAST ? 1 : 2);
    int widthAxis = heightAxis + 1;
    if (!isKnown) {
      return call.input();
    }
    if (shape.dim(heightAxis).size() == height && shape.dim(widthAxis).size() == width) {
      return call.identity();
    }
    String tall = along(call.behind(call.input(), shape), heightAxis, height, "/down");
    return along(
        call.behind(tall, shape.withDim(heightAxis, Dim.of(height))), widthAxis, width, "/across");
  }

  private String along(LayerCall call, int axis, long target, String step) {
    long size = call.inputShape().dim(axis).size();
    Optional<float[]> weights =
        Resampling.weights(
            interpolation, antialias, Math.toIntExact(size), Math.toIntExact(target));
    if (!call.require(
        weights.isPresent(), "must be one of Keras's interpolations", interpolation)) {
      return call.input();
    }
    WeightRef matrix = WeightRef.of(Tensor.of(weights.get(), target, size));
    return RowLayout.of(call, List.of(axis))
        .map(layout -> layout.array(step, layout.rows().product(step + "_product", matrix), target))
        .orElseGet(call::input);
  }
}
