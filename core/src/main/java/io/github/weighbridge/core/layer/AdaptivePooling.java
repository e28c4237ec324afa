package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras 3's AdaptiveMaxPooling and AdaptiveAveragePooling 1D, 2D and 3D (since 3.13): the window of
 * output {@code i} reaches from {@code floor(i in / out)} to before {@code ceil((i + 1) in / out)}.
 *
 * @param kind what is taken of a window
 * @param outputSize how many outputs, per spatial axis
 */
public record AdaptivePooling(PoolingKind kind, List<Integer> outputSize, DataFormat dataFormat)
    implements Layer {

  /** Copies the sizes. */
  public AdaptivePooling {
    outputSize = List.copyOf(outputSize);
    Rules.require(
        !outputSize.isEmpty() && outputSize.size() <= 3,
        "output_size must have 1, 2 or 3 numbers, got " + outputSize);
    Rules.require(outputSize.stream().allMatch(n -> n > 0), "output_size must be positive");
  }

  /** How many spatial axes the image has. */
  public int rank() {
    return outputSize.size();
  }

  /** The image axis of a spatial axis. */
  public int spatialAxis(int index) {
    return WindowShapes.spatialAxis(index, dataFormat);
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape shape = call.shapeOfRank(rank() + 2);
    for (int i = 0; i < rank(); i++) {
      int axis = spatialAxis(i);
      shape = shape.withDim(axis, Dim.of(outputSize.get(i)));
    }
    return List.of(call.input().withShape(shape));
  }
}
