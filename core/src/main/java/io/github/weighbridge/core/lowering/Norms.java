package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.UnaryFunction;
import java.util.List;

/** Lengths of vectors. */
final class Norms {

  private Norms() {}

  /** The square root of the sum of squares along some axes, ascending. */
  static Value euclidean(OperationScope scope, Value x, List<Integer> axes, boolean keepDims) {
    Value square = scope.binary(BinaryFunction.MULTIPLY, x, x);
    Value sum = scope.add("sum", new Reduce(Reduce.Function.SUM, axes, keepDims), square);
    return scope.unary(UnaryFunction.SQRT, sum);
  }

  /**
   * The norm along an axis.
   *
   * @param order 0 counts what is not zero, infinities are the largest and the smallest amount
   */
  static Value ofVectors(OperationScope scope, Value x, int axis, double order, boolean keepDims) {
    List<Integer> axes = List.of(axis);
    if (order == 2) {
      return euclidean(scope, x, axes, keepDims);
    }
    Reduce sum = new Reduce(Reduce.Function.SUM, axes, keepDims);
    if (order == 0) {
      Value some = scope.binary(BinaryFunction.NOT_EQUAL, x, 0);
      return scope.add("count", sum, scope.cast(some, x.type().dtype()));
    }
    Value amount = scope.unary(UnaryFunction.ABS, x);
    if (Double.isInfinite(order)) {
      Reduce.Function chosen = order > 0 ? Reduce.Function.MAX : Reduce.Function.MIN;
      return scope.add("norm", new Reduce(chosen, axes, keepDims), amount);
    }
    if (order == 1) {
      return scope.add("norm", sum, amount);
    }
    Value powers = scope.binary(BinaryFunction.POWER, amount, order);
    return scope.binary(BinaryFunction.POWER, scope.add("sum", sum, powers), 1 / order);
  }
}
