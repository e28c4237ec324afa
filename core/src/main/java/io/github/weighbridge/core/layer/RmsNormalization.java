package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.Arrays;
import java.util.List;

/**
 * Keras 3's RMSNormalization: {@code scale x / sqrt(mean(x x) + epsilon)} with the mean of each
 * sample along some axes.
 *
 * <p>Weights, of the shape of those axes in ascending order: scale. It multiplies the last axes of
 * the input, whichever the axes are.
 */
public record RmsNormalization(Axes axis, double epsilon) implements Layer {

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    return List.of(WeightSpec.trainable("scale", scaleSizes(call.input().shape())));
  }

  private long[] scaleSizes(Shape shape) {
    return axis.values().stream()
        .sorted()
        .mapToLong(
            a -> Rules.knownSize(shape, Rules.axis(a, shape.rank()), "the size of axis " + a))
        .toArray();
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape shape = call.input().shape();
    long[] scale = scaleSizes(shape);
    for (int i = 0; i < scale.length; i++) {
      Dim dim = shape.dim(shape.rank() - scale.length + i);
      Rules.require(
          scale[i] == 1 || !dim.isFixed() || dim.size() == scale[i],
          "a scale of shape " + Arrays.toString(scale) + " does not fit the end of " + shape);
    }
    return List.of(call.input());
  }
}
