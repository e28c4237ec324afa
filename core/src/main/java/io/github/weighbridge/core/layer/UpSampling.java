package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's UpSampling1D, 2D and 3D.
 *
 * @param size the factor, per spatial axis
 * @param interpolation how new elements are found: {@code nearest}, {@code bilinear}, {@code
 *     bicubic}, {@code lanczos3}, {@code lanczos5}; the latter four in 2D only
 * @param halfPixelCenters whether {@code bilinear} goes by the centres of elements; Keras of
 *     several backends (up to 2.3) went by their corners
 * @param keepsType whether interpolated elements are brought back to the type of the input (Keras
 *     3), or stay in single precision (Keras 2)
 */
public record UpSampling(
    List<Integer> size,
    String interpolation,
    boolean halfPixelCenters,
    DataFormat dataFormat,
    boolean keepsType)
    implements Layer {

  /** Copies the factors. */
  public UpSampling {
    size = List.copyOf(size);
    Rules.require(!size.isEmpty() && size.size() <= 3, "size must have 1, 2 or 3 numbers");
    Rules.require(size.stream().allMatch(n -> n > 0), "factors must be positive");
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape shape = call.shapeOfRank(size.size() + 2);
    for (int i = 0; i < size.size(); i++) {
      int axis = WindowShapes.spatialAxis(i, dataFormat);
      shape = shape.withDim(axis, shape.dim(axis).times(size.get(i)));
    }
    return List.of(new TensorType(resultType(call.input().dtype()), shape));
  }

  /** The type of the result. */
  public DataType resultType(DataType input) {
    return keepsType || interpolation.equals("nearest") ? input : DataType.FLOAT32;
  }
}
