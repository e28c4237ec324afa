package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many elements become one along some axes. Operand: {@code x}.
 *
 * @param function how; ANY and ALL take booleans
 * @param axes which axes, ascending
 * @param keepDims whether they stay as axes of size 1
 */
public record Reduce(Function function, List<Integer> axes, boolean keepDims) implements Operation {

  /** How elements become one. */
  public enum Function {
    SUM,
    MEAN,
    MAX,
    MIN,
    PRODUCT,
    ANY,
    ALL
  }

  /** Copies the axes. */
  public Reduce {
    axes = List.copyOf(axes);
  }

  @Override
  public String name() {
    return "Reduce" + function;
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    boolean logical = function == Function.ANY || function == Function.ALL;
    Operands.require(
        logical == (x.dtype() == DataType.BOOL), "cannot reduce " + x + " by " + function);
    axes.forEach(axis -> Operands.requireAxis(axis, x));
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (!axes.contains(i)) {
        dims.add(x.shape().dim(i));
      } else if (keepDims) {
        dims.add(Dim.of(1));
      }
    }
    return List.of(x.withShape(new Shape(dims)));
  }
}
