package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's RandomCrop: cuts at random in training. At inference Keras 2 cuts the middle out in the
 * ratio of the result and resizes that linearly; Keras 3 changes nothing, not even the size.
 *
 * @param resizes whether predictions are those of Keras 2, or of Keras 3 up to 3.7
 * @param cutsBefore whether, before it resizes, it cuts no more than height and width from where
 *     the middle begins, as Keras 3.6 and 3.7 do
 */
public record RandomCrop(
    int height, int width, DataFormat dataFormat, boolean resizes, boolean cutsBefore)
    implements Layer {

  /** Checks the sizes. */
  public RandomCrop {
    Rules.require(height > 0 && width > 0, "height and width must be positive");
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(
        resizes
            ? new TensorType(
                call.computeType(),
                Resizing.resized(call.shapeOfRank(4), dataFormat, height, width))
            : call.arguments().inputs().get(0).type());
  }
}
