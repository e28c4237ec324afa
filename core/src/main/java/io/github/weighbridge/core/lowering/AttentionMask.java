package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import org.jspecify.annotations.Nullable;

/** Masks that say which values each query may take, true where it may. */
final class AttentionMask {

  private AttentionMask() {}

  /** {@code [rows, columns]}: no column after the row's own place. */
  static Value causal(OperationScope context, Value rows, int row, Value columns, int column) {
    return context.binary(
        BinaryFunction.GREATER_EQUAL,
        Positions.along(context, rows, row, 1),
        Positions.along(context, columns, column, 0));
  }

  /** {@code [rows, columns]}: places less than {@code width} apart. */
  static Value window(
      OperationScope context, Value rows, int row, Value columns, int column, int width) {
    Value distance =
        context.binary(
            BinaryFunction.SUBTRACT,
            Positions.along(context, rows, row, 1),
            Positions.along(context, columns, column, 0));
    return context.binary(
        BinaryFunction.LOGICAL_AND,
        context.binary(BinaryFunction.LESS, distance, width),
        context.binary(BinaryFunction.GREATER, distance, -width));
  }

  /** What both masks allow; null allows everything. */
  static @Nullable Value both(OperationScope context, @Nullable Value one, @Nullable Value other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return context.binary(
        BinaryFunction.LOGICAL_AND,
        context.cast(one, DataType.BOOL),
        context.cast(other, DataType.BOOL));
  }
}
