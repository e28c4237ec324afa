package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.UnaryFunction;
import java.util.List;

/** {@code Softmax}; over several axes by its definition, the largest element subtracted first. */
final class Softmaxes {

  private Softmaxes() {}

  /**
   * The softmax.
   *
   * @param log whether its logarithm is wanted
   */
  static Value softmax(OperationScope scope, Value x, List<Integer> axes, boolean log) {
    if (axes.size() == 1) {
      return scope.add(log ? "log_softmax" : "softmax", new Softmax(axes.get(0), log), x);
    }
    Value largest = scope.add("largest", new Reduce(Reduce.Function.MAX, axes, true), x);
    Value below = scope.binary(BinaryFunction.SUBTRACT, x, largest);
    Value power = scope.unary(UnaryFunction.EXP, below);
    Value sum = scope.add("sum", new Reduce(Reduce.Function.SUM, axes, true), power);
    return log
        ? scope.binary(BinaryFunction.SUBTRACT, below, scope.unary(UnaryFunction.LOG, sum))
        : scope.binary(BinaryFunction.DIVIDE, power, sum);
  }
}
