package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's Cropping1D, 2D and 3D.
 *
 * @param cropping before and after, per spatial axis
 */
public record Cropping(List<List<Integer>> cropping, DataFormat dataFormat) implements Layer {

  /** Copies the lists. */
  public Cropping {
    cropping = Margins.copyOf(cropping);
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape shape = call.shapeOfRank(cropping.size() + 2);
    for (int i = 0; i < cropping.size(); i++) {
      int axis = WindowShapes.spatialAxis(i, dataFormat);
      Dim dim = shape.dim(axis);
      int cut = cropping.get(i).get(0) + cropping.get(i).get(1);
      Rules.require(
          !dim.isFixed() || dim.size() > cut, "cannot cut " + cut + " off an axis of " + dim);
      shape = shape.withDim(axis, dim.plus(-cut));
    }
    return List.of(call.input().withShape(shape));
  }
}
