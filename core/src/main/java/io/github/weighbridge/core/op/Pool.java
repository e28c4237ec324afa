package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The largest or the mean element of a moving window. Operand: image.
 *
 * @param kind which; a mean does not count padding
 * @param window size, strides and padding
 * @param channelAxis 1, or the last axis of the image
 */
public record Pool(Kind kind, Window window, int channelAxis) implements Operation {

  /** What is taken of a window. */
  public enum Kind {
    MAX,
    AVERAGE
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType image = Operands.required(operands, 0);
    window.requireImage(image.shape());
    return List.of(
        image.withShape(window.slide(image.shape(), channelAxis, image.shape().dim(channelAxis))));
  }
}
