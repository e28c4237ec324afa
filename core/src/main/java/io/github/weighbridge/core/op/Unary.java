package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of one number, on every element. Operand: {@code x}.
 *
 * @param function which
 * @param alpha its first parameter, 0 if it has none
 * @param beta its second parameter, 0 if it has none
 */
public record Unary(UnaryFunction function, double alpha, double beta) implements Operation {

  /** A function without parameters. */
  public static Unary of(UnaryFunction function) {
    return new Unary(function, 0, 0);
  }

  /** A function of one parameter. */
  public static Unary of(UnaryFunction function, double alpha) {
    return new Unary(function, alpha, 0);
  }

  /** A function of two parameters. */
  public static Unary of(UnaryFunction function, double alpha, double beta) {
    return new Unary(function, alpha, beta);
  }

  /** The function's value, in double precision. */
  public double apply(double x) {
    return function.apply(x, alpha, beta);
  }

  @Override
  public String name() {
    return function.name();
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    Operands.require(
        (x.dtype() == DataType.BOOL) == (function == UnaryFunction.LOGICAL_NOT)
            || function == UnaryFunction.IDENTITY,
        "cannot take " + function + " of " + x.dtype());
    return List.of(x);
  }
}
