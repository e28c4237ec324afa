package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;

/** Questions about floating-point numbers, each said in operations once. */
final class FloatingPoint {

  /** Keras's {@code epsilon()}, which keeps quotients and logarithms finite. */
  static final double EPSILON = 1e-7;

  private FloatingPoint() {}

  /** Whether elements are no numbers: those alone differ from themselves. */
  static Value isNan(OperationScope scope, Value x) {
    return scope.binary(BinaryFunction.NOT_EQUAL, x, x);
  }

  /** Whether elements are infinite, of either sign. */
  static Value isInfinite(OperationScope scope, Value x) {
    Value size = scope.unary(UnaryFunction.ABS, x);
    return scope.binary(BinaryFunction.EQUAL, size, Double.POSITIVE_INFINITY);
  }

  /** Whether elements are numbers and not infinite. */
  static Value isFinite(OperationScope scope, Value x) {
    Value size = scope.unary(UnaryFunction.ABS, x);
    return scope.binary(BinaryFunction.LESS, size, Double.POSITIVE_INFINITY);
  }

  /** {@code x} where the condition does not hold, a number where it does. */
  static Value replaced(OperationScope scope, Value condition, double number, Value x) {
    Value constant = scope.scalar("instead", x.type().dtype(), number);
    return scope.add("replaced", new Where(), condition, constant, x);
  }

  /** The largest finite number of a type. */
  static double largest(DataType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 65504;
      case BFLOAT16 -> 0x1.FEp127;
      case FLOAT64 -> Double.MAX_VALUE;
      default -> Float.MAX_VALUE;
    };
  }
}
