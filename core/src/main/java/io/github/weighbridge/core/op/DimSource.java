package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the size of a result's axis comes from, so that shapes may be known at run time only. */
public sealed interface DimSource {

  /** A number. */
  record Fixed(long size) implements DimSource {}

  /** What remains when every other axis is known; once at most, in {@link Reshape} only. */
  record Rest() implements DimSource {}

  /** The size of an axis of an operand. */
  record Of(int operand, int axis) implements DimSource {}

  /** The size of a dimension that is known, else that of an axis of an operand. */
  static DimSource of(Dim dim, int operand, int axis) {
    return dim.isFixed() ? new Fixed(dim.size()) : new Of(operand, axis);
  }

  /** The dimension for these operands. */
  default Dim resolve(List<@Nullable TensorType> operands) {
    if (this instanceof Fixed fixed) {
      return Dim.of(fixed.size());
    }
    if (this instanceof Of of) {
      return Operands.required(operands, of.operand()).shape().dim(of.axis());
    }
    throw new IllegalArgumentException("the rest is not known here");
  }
}
