package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's ZeroPadding1D, 2D and 3D.
 *
 * @param padding before and after, per spatial axis
 */
public record ZeroPadding(List<List<Integer>> padding, DataFormat dataFormat) implements Layer {

  /** Copies the lists. */
  public ZeroPadding {
    padding = Margins.copyOf(padding);
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape shape = call.shapeOfRank(padding.size() + 2);
    for (int i = 0; i < padding.size(); i++) {
      int axis = WindowShapes.spatialAxis(i, dataFormat);
      shape =
          shape.withDim(axis, shape.dim(axis).plus(padding.get(i).get(0) + padding.get(i).get(1)));
    }
    return List.of(call.input().withShape(shape));
  }
}
