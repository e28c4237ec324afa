package io.github.weighbridge.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FloatMathTest {

  /** Beyond these a result is no normal number, or loses digits by nature. */
  private static final float LIMIT = 80;

  @ParameterizedTest
  @EnumSource(
      value = UnaryFunction.class,
      names = {
        "EXP",
        "SIGMOID",
        "TANH",
        "SOFTPLUS",
        "SILU",
        "MISH",
        "ERF",
        "GELU",
        "ELU",
        "SELU",
        "CELU"
      })
  void functionsAreExactToAFewUnitsInTheLastPlace(UnaryFunction function) {
    Unary op = Unary.of(function, 1);
    FloatFunction fast = FloatFunction.of(op);
    float[] numbers = new float[1];
    for (double x = 1e-6; x < LIMIT; x *= 1.003) {
      for (int sign = -1; sign <= 1; sign += 2) {
        numbers[0] = (float) (sign * x);
        double exact = op.apply(numbers[0]);
        if (Math.abs(exact) < 1e-30) {
          continue;
        }
        fast.apply(numbers, 1);
        // The definition in double precision loses digits too, far below those of a float.
        assertThat(Math.abs(numbers[0] - exact))
            .as("%s of %s", function, (float) (sign * x))
            .isLessThanOrEqualTo(1e-6 * Math.abs(exact) + 1e-15);
      }
    }
  }
}
