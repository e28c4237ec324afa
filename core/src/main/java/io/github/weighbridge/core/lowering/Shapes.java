package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Other shapes of arrays whose sizes may be known at run time only. */
final class Shapes {

  private Shapes() {}

  /** A reshape to a shape, whose open sizes are those of operand number {@code operand}. */
  static Reshape like(Shape shape, int operand) {
    List<DimSource> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      dims.add(DimSource.of(shape.dim(axis), operand, axis));
    }
    return new Reshape(dims);
  }

  /** All elements along one axis. */
  static Value flat(OperationScope scope, Value x) {
    return x.type().rank() == 1
        ? x
        : scope.add("flat", new Reshape(List.of(new DimSource.Rest())), x);
  }

  /** So many axes of size 1 before the others. */
  static Unsqueeze leading(int count) {
    return new Unsqueeze(IntStream.range(0, count).boxed().toList());
  }

  /** An array with an axis, counted from 0, moved elsewhere; -1 is the last place. */
  static Value moved(OperationScope scope, Value x, int axis, int to) {
    int rank = x.type().rank();
    List<Integer> perm = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      if (i != axis) {
        perm.add(i);
      }
    }
    perm.add(to < 0 ? to + rank : to, axis);
    return isOrdered(perm) ? x : scope.add("moved", new Transpose(perm), x);
  }

  /** An array with two axes, counted from 0, moved behind the others. */
  static Value movedLast(OperationScope scope, Value x, int first, int second) {
    List<Integer> perm = new ArrayList<>();
    for (int i = 0; i < x.type().rank(); i++) {
      if (i != first && i != second) {
        perm.add(i);
      }
    }
    perm.add(first);
    perm.add(second);
    return isOrdered(perm) ? x : scope.add("moved", new Transpose(perm), x);
  }

  private static boolean isOrdered(List<Integer> perm) {
    return IntStream.range(0, perm.size()).allMatch(i -> perm.get(i) == i);
  }

  /** The size of an axis as a number of a type: counted where it is known at run time only. */
  static Value size(OperationScope scope, Value x, int axis, DataType dtype) {
    Dim dim = x.type().shape().dim(axis);
    if (dim.isFixed()) {
      return scope.scalar("size", dtype, (double) dim.size());
    }
    Value one = scope.scalar("one", DataType.INT64, 1);
    Expand ones = new Expand(List.of(new DimSource.Of(1, axis)));
    Reduce sum = new Reduce(Reduce.Function.SUM, List.of(0), false);
    return scope.cast(scope.add("size", sum, scope.add("ones", ones, one, x)), dtype);
  }
}
