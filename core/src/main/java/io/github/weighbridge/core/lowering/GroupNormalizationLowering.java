package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.GroupNormalization;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The axis apart into groups and their members, by its definition, and together again. */
final class GroupNormalizationLowering implements Lowering<GroupNormalization> {

  @Override
  public Lowered lower(GroupNormalization layer, LoweringContext context) {
    if (context.hasMaskArgument()) {
      // tf.keras leaves masked elements out of the statistics.
      throw context.unsupported("must be called without a mask", "the argument 'mask'");
    }
    Value x = Statistics.widened(context, layer.castsInput());
    DataType wide = x.type().dtype();
    Shape shape = x.type().shape();
    int axis = layer.countedAxis(shape);
    long groups = layer.groupsOf(shape);
    long members = shape.dim(axis).size() / groups;
    Value apart = context.add("groups", new Reshape(apart(shape, axis, groups, members)), x);
    Value y = Statistics.standardized(context, apart, others(apart, axis), layer.epsilon());
    Value whole = context.add("whole", Shapes.like(shape, 1), y, x);
    long[] spread = new long[shape.rank()];
    Arrays.fill(spread, 1);
    spread[axis] = shape.dim(axis).size();
    if (layer.scale()) {
      whole = context.binary(BinaryFunction.MULTIPLY, whole, context.weight("gamma", wide, spread));
    }
    if (layer.center()) {
      whole = context.binary(BinaryFunction.ADD, whole, context.weight("beta", wide, spread));
    }
    return context.passMask(Statistics.narrowed(context, whole, layer.castsInput()));
  }

  private static List<DimSource> apart(Shape shape, int axis, long groups, long members) {
    List<DimSource> dims = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      if (i == axis) {
        dims.add(new DimSource.Fixed(groups));
        dims.add(new DimSource.Fixed(members));
      } else {
        dims.add(DimSource.of(shape.dim(i), 0, i));
      }
    }
    return dims;
  }

  /** Every axis but the batch and the groups. */
  private static List<Integer> others(Value apart, int groupAxis) {
    List<Integer> axes = new ArrayList<>();
    for (int i = 1; i < apart.type().rank(); i++) {
      if (i != groupAxis) {
        axes.add(i);
      }
    }
    return axes;
  }
}
