package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Keras's GlobalMaxPooling and GlobalAveragePooling 1D, 2D and 3D. A mask leaves steps out of the
 * 1-D mean.
 *
 * @param kind what is taken
 * @param rank how many spatial axes the image has
 */
public record GlobalPooling(PoolingKind kind, int rank, DataFormat dataFormat, boolean keepdims)
    implements Layer {

  /** The spatial axes of the image. */
  public List<Integer> spatialAxes() {
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      axes.add(WindowShapes.spatialAxis(i, dataFormat));
    }
    return axes;
  }

  /** The type of the result: means of whole numbers are in single precision. */
  public DataType resultType(DataType input) {
    return kind == PoolingKind.MAX || input.isFloating() ? input : DataType.FLOAT32;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape image = call.shapeOfRank(rank + 2);
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < image.rank(); i++) {
      if (!spatialAxes().contains(i)) {
        dims.add(image.dim(i));
      } else if (keepdims) {
        dims.add(Dim.of(1));
      }
    }
    return List.of(new TensorType(resultType(call.input().dtype()), new Shape(dims)));
  }
}
