package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image enlarged by whole factors, or brought to given sizes. Operand: image.
 *
 * @param method how new elements are found; all have half-pixel centres
 * @param factors per spatial axis; empty where sizes are given
 * @param sizes of the result, per spatial axis; empty where factors are given
 * @param channelAxis 1, or the last axis of the image
 */
public record Resize(Method method, List<Integer> factors, List<Integer> sizes, int channelAxis)
    implements Operation {

  /** How new elements are found. */
  public enum Method {
    /** The element in which the new centre lies. */
    NEAREST,
    LINEAR,
    /** Keys' cubic with a = -0.5, as TensorFlow's bicubic. */
    CUBIC
  }

  /** Copies the lists. */
  public Resize {
    factors = List.copyOf(factors);
    sizes = List.copyOf(sizes);
    Operands.require(factors.isEmpty() != sizes.isEmpty(), "either factors or sizes are given");
  }

  /** By whole factors, per spatial axis. */
  public static Resize by(Method method, List<Integer> factors, int channelAxis) {
    return new Resize(method, factors, List.of(), channelAxis);
  }

  /** To sizes, per spatial axis. */
  public static Resize to(Method method, List<Integer> sizes, int channelAxis) {
    return new Resize(method, List.of(), sizes, channelAxis);
  }

  /** How many spatial axes there are. */
  public int spatialRank() {
    return factors.size() + sizes.size();
  }

  /** The size of spatial axis number {@code index} of the result. */
  public Dim resized(int index, Dim image) {
    return factors.isEmpty() ? Dim.of(sizes.get(index)) : image.times(factors.get(index));
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType image = Operands.required(operands, 0);
    Operands.require(
        image.rank() == spatialRank() + 2, spatialRank() + " spatial axes for " + image);
    Shape shape = image.shape();
    for (int i = 0; i < spatialRank(); i++) {
      int axis = Window.spatialAxis(i, channelAxis);
      shape = shape.withDim(axis, resized(i, shape.dim(axis)));
    }
    return List.of(image.withShape(shape));
  }
}
