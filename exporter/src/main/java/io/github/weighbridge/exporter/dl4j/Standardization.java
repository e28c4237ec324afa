package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.tensor.DataType;
import java.util.Optional;

/**
 * Rows divided by their deviation or their root mean square. Of DL4J's vertices L2NormalizeVertex
 * divides, by a length; and {@code sqrt(n) sqrt(mean(x^2) + epsilon)} is the length of {@code [x,
 * sqrt(n epsilon)]}.
 */
final class Standardization {

  /**
   * What Keras's UnitNormalization takes shorter vectors for, so that the vertex can go there: no
   * vector is as short here.
   */
  private static final double SHORTEST = 1e-12;

  private Standardization() {}

  /**
   * Whether a call's result has fractions: Keras cuts them off where the input has none.
   *
   * @param castsInput whether the layer brings its input to the type that it computes in
   */
  static boolean hasFractions(LayerCall call, boolean castsInput) {
    DataType dtype = call.inputs().get(0).type().dtype();
    return call.require(
        castsInput || dtype.isFloating(), "must not give whole numbers", dtype.kerasName());
  }

  /** {@code (x - mean) / sqrt(variance + epsilon)}. */
  static Rows of(Rows x, double epsilon, String step) {
    return byRootMeanSquare(centered(x), epsilon, step);
  }

  /** {@code x / sqrt(mean(x^2) + epsilon)}. */
  static Rows byRootMeanSquare(Rows x, double epsilon, String step) {
    return unit(x, epsilon)
        .part("/quotient", 0, x.size())
        .times(step, Math.sqrt((double) x.size()));
  }

  /** {@code x / sqrt(variance + epsilon)}, the root being a quotient's divisor too. */
  static Rows byDeviation(Rows x, double epsilon, String step) {
    return x.times("/quotient", unit(centered(x), epsilon).part("/reciprocal", x.size(), 1))
        .times(step, 1 / Math.sqrt(epsilon));
  }

  private static Rows centered(Rows x) {
    return x.minus("/centered", x.mean());
  }

  /** {@code [x, sqrt(n epsilon)]}, of length 1. */
  private static Rows unit(Rows x, double epsilon) {
    double least = Math.sqrt(x.size() * epsilon);
    return x.beside("/extended", x.number("/epsilon", least))
        .unitLength("/unit", Math.min(least, SHORTEST));
  }

  /** {@code gamma x + beta} of the weights that there are, by their names; they are trained. */
  static Rows weighted(Rows x, Optional<String> gamma, Optional<String> beta) {
    LayerCall call = x.call();
    if (gamma.isPresent() && beta.isPresent()) {
      return x.affine("", call.weight(gamma.get()), call.weight(beta.get()));
    }
    if (gamma.isPresent()) {
      return x.times("/scaled", x.weight("", call.weight(gamma.get())));
    }
    return beta.map(name -> x.plus("/shifted", x.weight("", call.weight(name)))).orElse(x);
  }
}
