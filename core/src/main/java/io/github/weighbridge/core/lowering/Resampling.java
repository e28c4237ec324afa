package io.github.weighbridge.core.lowering;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * How TensorFlow brings an axis to another size where that is more than a choice of elements: every
 * new element is a weighted sum of old ones, half-pixel centres, weights outside the axis left out
 * and the rest scaled to sum 1 (tf.image.resize of TensorFlow 2.15 and 2.21).
 */
final class Resampling {

  /**
   * A weight by the distance from the centre.
   *
   * @param radius where it ends
   * @param steps the distances that are told apart within one element, or 0 for all: bicubic
   *     without antialias looks its weights up in a table of 1024
   */
  private record Kernel(double radius, int steps, DoubleUnaryOperator weight) {}

  private static final Map<String, Kernel> KERNELS = new TreeMap<>();
  private static final Map<String, Kernel> ANTIALIASED = new TreeMap<>();

  static {
    KERNELS.put("bicubic", new Kernel(2, 1024, Resampling::keys));
    KERNELS.put("gaussian", new Kernel(1.5, 0, x -> Math.exp(-x * x / (2 * 0.5 * 0.5))));
    KERNELS.put("lanczos3", new Kernel(3, 0, x -> lanczos(x, 3)));
    KERNELS.put("lanczos5", new Kernel(5, 0, x -> lanczos(x, 5)));
    KERNELS.put("mitchellcubic", new Kernel(2, 0, Resampling::mitchell));
    ANTIALIASED.putAll(KERNELS);
    ANTIALIASED.put("bicubic", new Kernel(2, 0, Resampling::keys));
    ANTIALIASED.put("bilinear", new Kernel(1, 0, x -> Math.max(0, 1 - x)));
  }

  private final Kernel kernel;
  private final boolean antialias;

  private Resampling(Kernel kernel, boolean antialias) {
    this.kernel = kernel;
    this.antialias = antialias;
  }

  /**
   * The method of that name in Keras, if it is one of these.
   *
   * @param antialias whether the kernel grows with the distance of the new elements where they are
   *     fewer; only then is bilinear one of these
   */
  static Optional<Resampling> of(String interpolation, boolean antialias) {
    Map<String, Kernel> kernels = antialias ? ANTIALIASED : KERNELS;
    return Optional.ofNullable(kernels.get(interpolation)).map(k -> new Resampling(k, antialias));
  }

  /** The weights {@code [target, size]}, row by row. */
  float[] matrix(int size, int target) {
    float[] matrix = new float[target * size];
    // In single precision, as TensorFlow: a table step more or less shows.
    float step = (float) size / target;
    double spread = antialias ? Math.max(step, 1) : 1;
    for (int row = 0; row < target; row++) {
      float at = (row + 0.5f) * step - 0.5f;
      int first = (int) Math.floor(at);
      double within =
          kernel.steps() == 0
              ? at - first
              : Math.rint((at - first) * kernel.steps()) / kernel.steps();
      row(matrix, row * size, size, first + within, spread);
    }
    return matrix;
  }

  private void row(float[] matrix, int begin, int size, double at, double spread) {
    double reach = kernel.radius() * spread;
    int from = Math.max(0, (int) Math.ceil(at - reach));
    int to = Math.min(size - 1, (int) Math.floor(at + reach));
    double sum = 0;
    for (int i = from; i <= to; i++) {
      sum += kernel.weight().applyAsDouble(Math.abs(i - at) / spread);
    }
    for (int i = from; i <= to; i++) {
      double weight = kernel.weight().applyAsDouble(Math.abs(i - at) / spread);
      matrix[begin + i] = (float) (weight / sum);
    }
  }

  /** The means of the areas that new elements cover, {@code [target, size]}. */
  static float[] areas(int size, int target) {
    float[] matrix = new float[target * size];
    double step = (double) size / target;
    for (int row = 0; row < target; row++) {
      double begin = row * step;
      double end = begin + step;
      for (int i = (int) begin; i < Math.min(size, end); i++) {
        double covered = Math.min(i + 1, end) - Math.max(i, begin);
        matrix[row * size + i] = (float) (Math.max(0, covered) / step);
      }
    }
    return matrix;
  }

  /** Which old element each new one is, by TensorFlow's nearest neighbour. */
  static int[] nearest(int size, int target) {
    int[] indices = new int[target];
    // In single precision, as TensorFlow: borders of elements are met or missed by it.
    float step = (float) size / target;
    for (int i = 0; i < target; i++) {
      indices[i] = Math.min(size - 1, (int) Math.floor((i + 0.5f) * step));
    }
    return indices;
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
        : x > radius
            ? 0
            : radius
                * Math.sin(Math.PI * x)
                * Math.sin(Math.PI * x / radius)
                / (Math.PI * Math.PI * x * x);
  }
}
