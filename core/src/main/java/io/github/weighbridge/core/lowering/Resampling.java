package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.DIVIDE;
import static io.github.weighbridge.core.op.BinaryFunction.LESS;
import static io.github.weighbridge.core.op.BinaryFunction.MAXIMUM;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * How TensorFlow brings an axis to another size where that is more than a choice of elements: every
 * new element is a weighted sum of old ones, half-pixel centres, weights outside the axis left out
 * and the rest scaled to sum 1 (tf.image.resize of TensorFlow 2.15 and 2.21).
 */
public final class Resampling {

  /**
   * A weight by the distance from the centre.
   *
   * @param radius where it ends
   * @param steps the distances that are told apart within one element, or 0 for all: bicubic
   *     without antialias looks its weights up in a table of 1024
   * @param pieces the polynomials of the distance that it is from each whole number on, the highest
   *     power first; empty where it is none
   */
  private record Kernel(
      double radius, int steps, DoubleUnaryOperator weight, List<double[]> pieces) {

    static Kernel of(double radius, DoubleUnaryOperator weight) {
      return new Kernel(radius, 0, weight, List.of());
    }

    static Kernel of(int steps, double[]... pieces) {
      return new Kernel(pieces.length, steps, x -> piece(x, pieces), List.of(pieces));
    }

    private static double piece(double x, double[]... pieces) {
      double sum = 0;
      if (x < pieces.length) {
        for (double coefficient : pieces[(int) x]) {
          sum = sum * x + coefficient;
        }
      }
      return sum;
    }
  }

  /** Keys' cubic with a = -0.5. */
  private static final double[][] KEYS = {{1.5, -2.5, 0, 1}, {-0.5, 2.5, -4, 2}};

  private static final double[][] MITCHELL = {
    {7 / 6.0, -2, 0, 8 / 9.0}, {-7 / 18.0, 2, -10 / 3.0, 16 / 9.0}
  };

  private static final Map<String, Kernel> KERNELS = new TreeMap<>();
  private static final Map<String, Kernel> ANTIALIASED = new TreeMap<>();

  static {
    KERNELS.put("bicubic", Kernel.of(1024, KEYS));
    KERNELS.put("gaussian", Kernel.of(1.5, x -> Math.exp(-x * x / (2 * 0.5 * 0.5))));
    KERNELS.put("lanczos3", Kernel.of(3, x -> lanczos(x, 3)));
    KERNELS.put("lanczos5", Kernel.of(5, x -> lanczos(x, 5)));
    KERNELS.put("mitchellcubic", Kernel.of(0, MITCHELL));
    ANTIALIASED.putAll(KERNELS);
    ANTIALIASED.put("bicubic", Kernel.of(0, KEYS));
    ANTIALIASED.put("bilinear", Kernel.of(0, new double[] {-1, 1}));
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

  /**
   * The weights {@code [target, size]}, row by row, of any of Keras's interpolations, {@code
   * nearest}, {@code bilinear} and {@code area} included.
   *
   * @param antialias as in {@link #of}
   * @return nothing for another name
   */
  public static Optional<float[]> weights(
      String interpolation, boolean antialias, int size, int target) {
    return switch (interpolation) {
      case "nearest" -> Optional.of(chosen(size, nearest(size, target)));
      case "area" -> Optional.of(areas(size, target));
      default ->
          Optional.ofNullable((antialias ? ANTIALIASED : KERNELS).get(interpolation))
              .or(() -> Optional.ofNullable(ANTIALIASED.get(interpolation)))
              .map(kernel -> new Resampling(kernel, antialias).matrix(size, target));
    };
  }

  private static float[] chosen(int size, int... indices) {
    float[] matrix = new float[indices.length * size];
    for (int row = 0; row < indices.length; row++) {
      matrix[row * size + indices[row]] = 1;
    }
    return matrix;
  }

  /** Whether the weights can be computed where the size is known at run time only. */
  boolean isPiecewise() {
    return !kernel.pieces().isEmpty();
  }

  /** {@link #matrix(int, int)} for the size that an axis of {@code x} has at run time. */
  Value matrix(OperationScope scope, Value x, int axis, int target) {
    Value size = Shapes.size(scope, x, axis, DataType.FLOAT32);
    Value step = scope.binary(DIVIDE, size, target);
    float[] rows = new float[target];
    for (int row = 0; row < target; row++) {
      rows[row] = row + 0.5f;
    }
    Value row = scope.constant("rows", Tensor.of(rows, target, 1));
    Value at = scope.binary(SUBTRACT, scope.binary(MULTIPLY, row, step), 0.5);
    Value place =
        scope.binary(
            SUBTRACT,
            scope.cast(Positions.along(scope, x, axis, 0), DataType.FLOAT32),
            scope.scalar("one", DataType.FLOAT32, 1));
    Value apart = scope.unary(UnaryFunction.ABS, scope.binary(SUBTRACT, place, centre(scope, at)));
    Value distance =
        antialias ? scope.binary(DIVIDE, apart, scope.binary(MAXIMUM, step, 1)) : apart;
    Value weights = weights(scope, distance);
    Reduce sum = new Reduce(Reduce.Function.SUM, List.of(1), true);
    Value shares = scope.binary(DIVIDE, weights, scope.add("sum", sum, weights));
    return scope.cast(shares, x.type().dtype());
  }

  private Value centre(OperationScope scope, Value at) {
    if (kernel.steps() == 0) {
      return at;
    }
    Value first = scope.unary(UnaryFunction.FLOOR, at);
    Value within = scope.binary(MULTIPLY, scope.binary(SUBTRACT, at, first), kernel.steps());
    Value rounded = scope.unary(UnaryFunction.ROUND, within);
    return scope.binary(ADD, first, scope.binary(DIVIDE, rounded, kernel.steps()));
  }

  private Value weights(OperationScope scope, Value distance) {
    Value weights = scope.scalar("none", DataType.FLOAT32, 0);
    for (int i = kernel.pieces().size() - 1; i >= 0; i--) {
      Value near = scope.binary(LESS, distance, i + 1);
      weights = scope.add("weights", new Where(), near, polynomial(scope, distance, i), weights);
    }
    return weights;
  }

  private Value polynomial(OperationScope scope, Value distance, int piece) {
    double[] coefficients = kernel.pieces().get(piece);
    Value sum = scope.scalar("coefficient", DataType.FLOAT32, coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      sum = scope.binary(ADD, scope.binary(MULTIPLY, sum, distance), coefficients[i]);
    }
    return sum;
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
