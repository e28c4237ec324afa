package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules that the operands of many operations share. */
final class Operands {

  private Operands() {}

  /** The operand at a position, which must be there. */
  static TensorType required(List<@Nullable TensorType> operands, int index) {
    TensorType type = index < operands.size() ? operands.get(index) : null;
    if (type == null) {
      throw new IllegalArgumentException("operand " + index + " is missing");
    }
    return type;
  }

  /** Refuses with a message unless the rule holds. */
  static void require(boolean rule, String message) {
    if (!rule) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Refuses an axis that an array does not have. */
  static void requireAxis(int axis, TensorType x) {
    require(axis >= 0 && axis < x.rank(), "no axis " + axis + " in " + x);
  }

  /** How many indices each tuple has, of indices whose last axis holds tuples. */
  static int tupleWidth(TensorType indices) {
    require(indices.dtype().isInteger(), "indices must be whole numbers, got " + indices);
    require(
        indices.rank() > 0 && indices.shape().dim(indices.rank() - 1).isFixed(),
        "indices must have tuples of a known size as their last axis, got " + indices);
    return Math.toIntExact(indices.shape().dim(indices.rank() - 1).size());
  }

  /** Refuses elements that have no hash. */
  static void requireHashable(TensorType x) {
    require(
        x.dtype() == DataType.STRING || x.dtype() == DataType.INT64,
        "strings or int64 are needed, got " + x);
  }

  /** The shape to which two shapes broadcast by numpy's rule. */
  static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      Dim left = dimFromEnd(a, rank - 1 - i);
      Dim right = dimFromEnd(b, rank - 1 - i);
      dims.add(broadcast(left, right, a, b));
    }
    return new Shape(dims);
  }

  private static Dim dimFromEnd(Shape shape, int fromEnd) {
    return fromEnd < shape.rank() ? shape.dim(shape.rank() - 1 - fromEnd) : Dim.of(1);
  }

  private static Dim broadcast(Dim left, Dim right, Shape a, Shape b) {
    if (left.equals(right) || isOne(right)) {
      return left;
    }
    if (isOne(left)) {
      return right;
    }
    require(!(left.isFixed() && right.isFixed()), "cannot broadcast " + a + " with " + b);
    // One of them is not known yet: it must turn out to be the other, or 1.
    return left.isFixed() ? left : right;
  }

  private static boolean isOne(Dim dim) {
    return dim.isFixed() && dim.size() == 1;
  }

  /** Whether two dimensions can be equal: unknown ones can be anything. */
  static boolean canBeEqual(Dim a, Dim b) {
    return !a.isFixed() || !b.isFixed() || a.size() == b.size();
  }
}
