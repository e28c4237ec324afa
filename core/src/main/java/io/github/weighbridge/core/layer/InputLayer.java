package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's InputLayer: names an input and its type.
 *
 * @param batchShape the sizes, null where any is allowed
 * @param dtype the element type
 */
public record InputLayer(List<@Nullable Long> batchShape, DataType dtype) implements Layer {

  /** Copies the sizes. */
  public InputLayer {
    batchShape = java.util.Collections.unmodifiableList(new ArrayList<>(batchShape));
    for (Long size : batchShape) {
      Rules.require(size == null || size >= 0, "sizes must not be negative");
    }
  }

  /**
   * The input's type; open sizes are named after the input: {@code batch}, then {@code name_1}...
   */
  public TensorType type(String name) {
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < batchShape.size(); i++) {
      Long size = batchShape.get(i);
      // A fixed batch is not enforced by Keras, and models written with one are run with others.
      boolean open = i == 0 || size == null;
      dims.add(open ? Dim.symbolic(i == 0 ? "batch" : name + "_" + i) : Dim.of(size));
    }
    return new TensorType(dtype, new Shape(dims));
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(type("input"));
  }
}
