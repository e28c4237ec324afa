package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** {@code Reshape}; -1 becomes a number wherever it is known. */
final class ReshapeLowering implements Lowering<Reshape> {

  @Override
  public Lowered lower(Reshape layer, LoweringContext context) {
    Value x = context.input();
    Shape image = x.type().shape().slice(1, x.type().rank());
    List<DimSource> dims = new ArrayList<>();
    dims.add(DimSource.of(x.type().shape().dim(0), 0, 0));
    for (int size : layer.targetShape()) {
      dims.add(size == -1 ? rest(image, layer.targetShape()) : new DimSource.Fixed(size));
    }
    return Lowered.of(context.add("reshape", new io.github.weighbridge.core.op.Reshape(dims), x));
  }

  private static DimSource rest(Shape image, List<Integer> target) {
    if (!image.isFixed()) {
      return new DimSource.Rest();
    }
    long known = target.stream().filter(n -> n != -1).mapToLong(n -> n).reduce(1, (a, b) -> a * b);
    if (known == 0 || image.elementCount() % known != 0) {
      throw new IllegalArgumentException("cannot reshape " + image + " to " + target);
    }
    return new DimSource.Fixed(image.elementCount() / known);
  }
}
