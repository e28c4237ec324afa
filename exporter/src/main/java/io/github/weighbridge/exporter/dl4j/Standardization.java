package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.tensor.WeightRef;
import org.jspecify.annotations.Nullable;

/**
 * Rows divided by their deviation or their root mean square. Of DL4J's vertices L2NormalizeVertex
 * divides, by a length; and {@code sqrt(n) sqrt(mean(x^2) + epsilon)} is the length of {@code [x,
 * sqrt(n epsilon)]}.
 */
final class Standardization {

  private Standardization() {}

  /** {@code (x - mean) / sqrt(variance + epsilon)}. */
  static Rows of(Rows x, double epsilon, String step) {
    return byRootMeanSquare(centered(x), epsilon, step);
  }

  /** {@code x / sqrt(mean(x^2) + epsilon)}. */
  static Rows byRootMeanSquare(Rows x, double epsilon, String step) {
    return unit(x, epsilon).part("/quotient", 0, x.size()).times(step, Math.sqrt(x.size()));
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
    return x.beside("/extended", x.number("/epsilon", Math.sqrt(x.size() * epsilon)))
        .unitLength("/unit");
  }

  /**
   * {@code gamma x + beta} of the weights that there are, which are trained.
   *
   * @param gamma the name of the factors, or null
   * @param beta the name of the addends, or null
   */
  static Rows weighted(Rows x, @Nullable String gamma, @Nullable String beta) {
    if (gamma != null && beta != null) {
      return x.affine("", x.call().weight(gamma), x.call().weight(beta));
    }
    if (gamma != null) {
      return x.times("/scaled", x.weight("", flat(x, gamma)));
    }
    return beta == null ? x : x.plus("/shifted", x.weight("", flat(x, beta)));
  }

  private static WeightRef flat(Rows x, String name) {
    WeightRef weight = x.call().weight(name);
    return weight.reshaped(weight.count());
  }
}
