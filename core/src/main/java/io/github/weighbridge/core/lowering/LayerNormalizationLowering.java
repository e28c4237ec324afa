package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.LayerNormalization;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Arrays;
import java.util.List;

/** {@code LayerNormalization} where the axes are the last ones; else by its definition. */
final class LayerNormalizationLowering implements Lowering<LayerNormalization> {

  @Override
  public Lowered lower(LayerNormalization layer, LoweringContext context) {
    Value x = Statistics.widened(context, layer.castsInput());
    Shape shape = x.type().shape();
    List<Integer> axes = layer.axis().counted(shape.rank());
    int first = shape.rank() - axes.size();
    boolean trailing = axes.get(0) == first;
    boolean known = axes.stream().allMatch(a -> shape.dim(a).isFixed());
    boolean whole = trailing && known && !layer.rmsScaling();
    Value y = whole ? lastAxes(layer, context, x, first) : composed(layer, context, x, axes);
    return context.passMask(Statistics.narrowed(context, y, layer.castsInput()));
  }

  private static Value lastAxes(
      LayerNormalization layer, LoweringContext context, Value x, int first) {
    Shape own = x.type().shape().slice(first, x.type().rank());
    Value gamma = layer.scale() ? ordered(context, "gamma", x, own) : ones(context, x, own);
    Value beta = layer.center() ? ordered(context, "beta", x, own) : null;
    var op = new io.github.weighbridge.core.op.LayerNormalization(first, layer.epsilon());
    return context.add("normalize", op, x, gamma, beta);
  }

  /**
   * A weight under the shape of the axes in ascending order: Keras reshapes it where the
   * configuration has them in another one, and does not transpose it.
   */
  private static Value ordered(LoweringContext context, String name, Value x, Shape own) {
    return context.weight(name, x.type().dtype(), own.sizes());
  }

  private static Value ones(LoweringContext context, Value x, Shape own) {
    return context.constant("ones", WeightRef.filled(x.type().dtype(), 1, own.sizes()));
  }

  private static Value composed(
      LayerNormalization layer, LoweringContext context, Value x, List<Integer> axes) {
    Value y =
        layer.rmsScaling()
            ? Statistics.scaledByDeviation(context, x, axes, layer.epsilon())
            : Statistics.standardized(context, x, axes, layer.epsilon());
    if (layer.hasGamma()) {
      y = context.binary(BinaryFunction.MULTIPLY, y, spread(context, "gamma", x, axes));
    }
    return layer.hasBeta()
        ? context.binary(BinaryFunction.ADD, y, spread(context, "beta", x, axes))
        : y;
  }

  /** A weight with axes of size 1 where the statistics have none, so that it broadcasts. */
  private static Value spread(LoweringContext context, String name, Value x, List<Integer> axes) {
    long[] sizes = new long[x.type().rank()];
    Arrays.fill(sizes, 1);
    for (int axis : axes) {
      Dim dim = x.type().shape().dim(axis);
      sizes[axis] = dim.size();
    }
    return context.weight(name, x.type().dtype(), sizes);
  }
}
