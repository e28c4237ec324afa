package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.AbsMaxQuantizer;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;

/** Numbers of few bits, and back, as Keras's quantizers compute them. */
final class Quantizing {

  /** The largest number that float8_e4m3fn has. */
  private static final double FLOAT8_MAX = 448;

  /**
   * An array in int8.
   *
   * @param values whole numbers
   * @param scale what the array was multiplied by, with axes of size 1 where one holds for all
   */
  record Scaled(Value values, Value scale) {}

  private Quantizing() {}

  /** A floating-point array, scaled by the largest magnitude along some axes (ascending). */
  static Scaled byLargest(
      OperationScope scope, AbsMaxQuantizer quantizer, Value x, List<Integer> axes) {
    Value largest =
        scope.add(
            "largest",
            new Reduce(Reduce.Function.MAX, axes, true),
            scope.unary(UnaryFunction.ABS, x));
    Value scale =
        scope.add(
            "scale",
            new Binary(BinaryFunction.DIVIDE),
            scope.scalar("high", x.type().dtype(), quantizer.high()),
            scope.binary(BinaryFunction.ADD, largest, quantizer.epsilon()));
    Value whole = scope.unary(UnaryFunction.ROUND, scope.binary(BinaryFunction.MULTIPLY, x, scale));
    Value within =
        scope.add("clip", Unary.of(UnaryFunction.CLIP, quantizer.low(), quantizer.high()), whole);
    return new Scaled(scope.cast(within, DataType.INT8), scale);
  }

  /** Rounded to 8-bit floating-point numbers of a scale, in the type that it has. */
  static Value throughFloat8(OperationScope scope, Value x, Value scale) {
    Value scaled = scope.binary(BinaryFunction.DIVIDE, x, scale);
    Value within = scope.add("clip", Unary.of(UnaryFunction.CLIP, -FLOAT8_MAX, FLOAT8_MAX), scaled);
    Value rounded = scope.cast(scope.cast(within, DataType.FLOAT8_E4M3FN), x.type().dtype());
    return scope.binary(BinaryFunction.MULTIPLY, rounded, scale);
  }

  /**
   * Rows of whole numbers less their group's zero points, times its scales.
   *
   * @param rows in the type of the scales, as the zero points
   * @param scales a row for each group
   * @param zeros likewise
   * @param groups the group of each row (int32)
   */
  static Value byGroups(OperationScope scope, Value rows, Value scales, Value zeros, Value groups) {
    Gather gather = new Gather(0, 0);
    Value offsets = scope.add("zeros", gather, zeros, groups);
    return scope.binary(
        BinaryFunction.MULTIPLY,
        scope.binary(BinaryFunction.SUBTRACT, rows, offsets),
        scope.add("scales", gather, scales, groups));
  }
}
