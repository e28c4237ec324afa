package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;

/**
 * From the spectrum of real numbers back to them: the waves above half the length mirror those
 * below, so that these count twice; the imaginary parts of the first and the middle one count
 * nothing.
 */
final class InverseWaves {

  private final Waves waves;
  private final int bins;

  /**
   * The waves.
   *
   * @param given how many waves the spectrum has; those that it lacks are 0, more are left out
   */
  InverseWaves(Waves waves, long given) {
    this.waves = waves;
    this.bins = (int) Math.min(given, waves.length() / 2 + 1);
  }

  /** How many waves count. */
  int bins() {
    return bins;
  }

  /** What the real part of wave {@code k} adds to number {@code n}, or its imaginary part. */
  double share(int row, int n) {
    int k = row % bins;
    boolean alone = k == 0 || 2 * k == waves.length();
    double scale = (alone ? 1.0 : 2.0) / waves.length();
    return row < bins ? scale * waves.cosine(k, n) : alone ? 0 : -scale * waves.sine(k, n);
  }

  /** {@code [real and imaginary waves, length]}. */
  Value matrix(OperationScope scope, DataType dtype) {
    int length = waves.length();
    double[] matrix = new double[2 * bins * length];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = share(i / length, i % length);
    }
    return scope.constant("waves", Tensor.of(matrix, 2L * bins, length).cast(dtype));
  }
}
