package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A weight that a layer must have.
 *
 * @param name unique within the layer: Keras 3's name
 * @param part the inner object that holds it in Keras 3's weights files ({@code cell}), or empty
 * @param shape its shape; every size is known
 * @param trainable whether training changes it (unless the layer is frozen)
 * @param dtype its type, if that does not follow from the layer's dtype policy
 * @param optional whether a file may be without it, because the configuration says as much
 * @param inner the inner layer whose weight of that name it is, which the layer holds too; empty if
 *     it is the layer's own
 */
public record WeightSpec(
    String name,
    String part,
    Shape shape,
    boolean trainable,
    @Nullable DataType dtype,
    boolean optional,
    String inner) {

  /** A trainable weight of the layer itself. */
  public static WeightSpec trainable(String name, long... sizes) {
    return own(name, true, null, false, sizes);
  }

  /** A trainable weight of the layer itself that has a type of its own. */
  public static WeightSpec trainable(String name, DataType dtype, long... sizes) {
    return own(name, true, dtype, false, sizes);
  }

  /** A weight of the layer itself that training does not change by gradients. */
  public static WeightSpec nonTrainable(String name, long... sizes) {
    return own(name, false, null, false, sizes);
  }

  /** A weight of the layer itself that is not trained and has a type of its own. */
  public static WeightSpec nonTrainable(String name, DataType dtype, long... sizes) {
    return own(name, false, dtype, false, sizes);
  }

  /** A float32 weight of the layer itself that is not trained and that a file may be without. */
  public static WeightSpec optional(String name, long... sizes) {
    return own(name, false, DataType.FLOAT32, true, sizes);
  }

  private static WeightSpec own(
      String name, boolean trainable, @Nullable DataType dtype, boolean optional, long... sizes) {
    return new WeightSpec(name, "", Shape.of(sizes), trainable, dtype, optional, "");
  }

  /** This weight as quantised layers keep it: in another type and shape, not trained. */
  WeightSpec quantized(DataType newDtype, long... sizes) {
    return new WeightSpec(name, part, Shape.of(sizes), false, newDtype, optional, inner);
  }

  /** This weight, held by an inner object. */
  public WeightSpec inPart(String newPart) {
    return new WeightSpec(name, newPart, shape, trainable, dtype, optional, inner);
  }

  /** This weight of an inner layer, as one that the layer holds too. */
  public WeightSpec ofInner(String child) {
    return new WeightSpec(name, part, shape, trainable, dtype, optional, child);
  }

  /** Whether the layer itself has it. */
  public boolean isOwn() {
    return inner.isEmpty();
  }
}
