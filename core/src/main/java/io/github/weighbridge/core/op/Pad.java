package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elements added around an array. Operand: {@code x}.
 *
 * @param begin how many before, for every axis
 * @param end how many after, for every axis
 * @param mode what they are
 * @param value the element of mode CONSTANT
 */
public record Pad(List<Long> begin, List<Long> end, Mode mode, double value) implements Operation {

  /** What is added. */
  public enum Mode {
    CONSTANT,
    /** Mirrored at the border element. */
    REFLECT,
    /** The border element repeated. */
    EDGE
  }

  /** Copies the lists. */
  public Pad {
    begin = List.copyOf(begin);
    end = List.copyOf(end);
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    Operands.require(
        begin.size() == x.rank() && end.size() == x.rank(), "padding " + begin + " for " + x);
    Shape shape = x.shape();
    for (int i = 0; i < x.rank(); i++) {
      shape = shape.withDim(i, shape.dim(i).plus(begin.get(i) + end.get(i)));
    }
    return List.of(x.withShape(shape));
  }
}
