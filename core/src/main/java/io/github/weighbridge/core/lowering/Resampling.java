package io.github.weighbridge.core.lowering;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * How TensorFlow enlarges an axis by interpolation other than linear: every new element is a
 * weighted sum of old ones, half-pixel centres, weights outside the axis left out and the rest
 * scaled to sum 1 (tf.image.resize without antialias, TensorFlow 2.15 and 2.21).
 */
final class Resampling {

  /**
   * A weight by the distance from the centre.
   *
   * @param radius where it ends
   * @param steps the distances that are told apart within one element, or 0 for all: bicubic looks
   *     its weights up in a table of 1024
   */
  private record Kernel(double radius, int steps, DoubleUnaryOperator weight) {}

  private static final Map<String, Kernel> KERNELS = new TreeMap<>();

  static {
    KERNELS.put("bicubic", new Kernel(2, 1024, Resampling::keys));
    KERNELS.put("gaussian", new Kernel(1.5, 0, x -> Math.exp(-x * x / (2 * 0.5 * 0.5))));
    KERNELS.put("lanczos3", new Kernel(3, 0, x -> lanczos(x, 3)));
    KERNELS.put("lanczos5", new Kernel(5, 0, x -> lanczos(x, 5)));
    KERNELS.put("mitchellcubic", new Kernel(2, 0, Resampling::mitchell));
  }

  private final Kernel kernel;

  private Resampling(Kernel kernel) {
    this.kernel = kernel;
  }

  /** The method of that name in Keras, if it is one of these. */
  static Optional<Resampling> of(String interpolation) {
    return Optional.ofNullable(KERNELS.get(interpolation)).map(Resampling::new);
  }

  /** The weights {@code [size factor, size]}, row by row. */
  float[] matrix(int size, int factor) {
    float[] matrix = new float[size * factor * size];
    for (int row = 0; row < size * factor; row++) {
      // In single precision, as TensorFlow: a table step more or less shows.
      float at = (row + 0.5f) * ((float) size / (size * factor)) - 0.5f;
      int first = (int) Math.floor(at);
      double within =
          kernel.steps() == 0
              ? at - first
              : Math.rint((at - first) * kernel.steps()) / kernel.steps();
      row(matrix, row * size, size, first, within);
    }
    return matrix;
  }

  private void row(float[] matrix, int begin, int size, int first, double within) {
    int reach = (int) Math.ceil(kernel.radius());
    double sum = 0;
    double[] weights = new double[2 * reach + 1];
    for (int i = -reach; i <= reach; i++) {
      double distance = Math.abs(i - within);
      if (first + i >= 0 && first + i < size && distance <= kernel.radius()) {
        weights[i + reach] = kernel.weight().applyAsDouble(distance);
        sum += weights[i + reach];
      }
    }
    for (int i = -reach; i <= reach; i++) {
      if (weights[i + reach] != 0) {
        matrix[begin + first + i] = (float) (weights[i + reach] / sum);
      }
    }
  }

  /** Keys' cubic with a = -0.5. */
  private static double keys(double x) {
    return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
  }

  private static double mitchell(double x) {
    return x < 1
        ? (7 / 6.0 * x - 2) * x * x + 8 / 9.0
        : x < 2 ? ((-7 / 18.0 * x + 2) * x - 10 / 3.0) * x + 16 / 9.0 : 0;
  }

  private static double lanczos(double x, int radius) {
    return x <= 1e-3
        ? 1
        : radius
            * Math.sin(Math.PI * x)
            * Math.sin(Math.PI * x / radius)
            / (Math.PI * Math.PI * x * x);
  }
}
