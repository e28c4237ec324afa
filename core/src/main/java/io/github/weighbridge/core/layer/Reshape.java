package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Keras's Reshape.
 *
 * @param targetShape the sizes without the batch; one may be -1, for what remains
 */
public record Reshape(List<Integer> targetShape) implements Layer {

  /** Copies the sizes. */
  public Reshape {
    targetShape = List.copyOf(targetShape);
    Rules.require(
        targetShape.stream().filter(n -> n == -1).count() <= 1, "one size at most can be -1");
    Rules.require(targetShape.stream().allMatch(n -> n >= -1), "sizes must not be negative");
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape shape = call.input().shape();
    Rules.require(shape.rank() >= 1, "an input with a batch axis is needed, got " + shape);
    List<Dim> dims = new ArrayList<>();
    dims.add(shape.dim(0));
    for (int size : targetShape) {
      dims.add(size == -1 ? rest(shape) : Dim.of(size));
    }
    Shape image = shape.slice(1, shape.rank());
    Shape target = new Shape(dims.subList(1, dims.size()));
    Rules.require(
        !image.isFixed() || !target.isFixed() || image.elementCount() == target.elementCount(),
        "cannot reshape " + image + " to " + targetShape);
    return List.of(call.input().withShape(new Shape(dims)));
  }

  private Dim rest(Shape shape) {
    Shape image = shape.slice(1, shape.rank());
    long known =
        targetShape.stream().filter(n -> n != -1).mapToLong(n -> n).reduce(1, (a, b) -> a * b);
    if (image.isFixed()) {
      long count = image.elementCount();
      Rules.require(
          known != 0 && count % known == 0, "cannot reshape " + image + " to " + targetShape);
      return Dim.of(count / known);
    }
    Dim product = Dim.of(1);
    for (Dim dim : image.dims()) {
      product = product.times(dim);
    }
    return product.floorDiv(known);
  }
}
