package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image enlarged by whole factors. Operand: image.
 *
 * @param method NEAREST repeats elements; the others interpolate with half-pixel centres
 * @param factors per spatial axis
 * @param channelAxis 1, or the last axis of the image
 */
public record Resize(Method method, List<Integer> factors, int channelAxis) implements Operation {

  /** How new elements are found. */
  public enum Method {
    NEAREST,
    LINEAR,
    /** Keys' cubic with a = -0.5, as TensorFlow's bicubic. */
    CUBIC
  }

  /** Copies the factors. */
  public Resize {
    factors = List.copyOf(factors);
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType image = Operands.required(operands, 0);
    Operands.require(image.rank() == factors.size() + 2, "factors " + factors + " for " + image);
    Shape shape = image.shape();
    for (int i = 0; i < factors.size(); i++) {
      int axis = Window.spatialAxis(i, channelAxis);
      shape = shape.withDim(axis, shape.dim(axis).times(factors.get(i)));
    }
    return List.of(image.withShape(shape));
  }
}
