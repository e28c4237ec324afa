package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Keras 1's Merge in mode {@code cos}: {@code dot(x, y) / max(sqrt(dot(x, x) dot(y, y)), 1e-7)}
 * with the products of {@link Dot}, and a new axis of size 1 behind the batch.
 *
 * <p>The quotient is taken element by element, so inputs of rank 3 need as many kept elements each.
 */
public record CosineMerge(Axes axes) implements Layer {

  /** The product in the numerator. */
  public Dot dot() {
    return new Dot(axes, false, 0);
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    TensorType product = dot().outputTypes(call).get(0);
    List<Dim> dims = new ArrayList<>(product.shape().dims());
    dims.add(1, Dim.of(1));
    return List.of(product.withShape(new Shape(dims)));
  }
}
