package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's CenterCrop: the middle of an image; one that is smaller is cut to the ratio of the result
 * and resized linearly.
 */
public record CenterCrop(int height, int width, DataFormat dataFormat) implements Layer {

  /** Checks the sizes. */
  public CenterCrop {
    Rules.require(height > 0 && width > 0, "height and width must be positive");
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(
        new TensorType(
            call.computeType(), Resizing.resized(call.shapeOfRank(4), dataFormat, height, width)));
  }
}
