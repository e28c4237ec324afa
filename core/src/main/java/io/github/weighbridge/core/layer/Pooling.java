package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.Collections;
import java.util.List;

/**
 * Keras's MaxPooling and AveragePooling 1D, 2D and 3D; a mean does not count padding.
 *
 * @param kind what is taken of a window
 */
public record Pooling(
    PoolingKind kind,
    List<Integer> poolSize,
    List<Integer> strides,
    WindowPadding padding,
    DataFormat dataFormat)
    implements Layer {

  /** Copies the lists. */
  public Pooling {
    poolSize = List.copyOf(poolSize);
    strides = List.copyOf(strides);
    WindowShapes.requireSameRank(poolSize, strides, poolSize);
  }

  /** How many spatial axes the image has. */
  public int rank() {
    return poolSize.size();
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape image = call.shapeOfRank(rank() + 2);
    Shape slid =
        WindowShapes.slide(
            image, dataFormat, 1, poolSize, strides, Collections.nCopies(rank(), 1), padding);
    int axis = dataFormat.channelAxis(image.rank());
    return List.of(call.input().withShape(slid.withDim(axis, image.dim(axis))));
  }
}
