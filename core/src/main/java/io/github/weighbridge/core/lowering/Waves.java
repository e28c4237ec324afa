package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;

/**
 * The waves of a Fourier transform: {@code cos} and {@code sin} of {@code 2 pi k n / length}.
 *
 * @param length how many numbers are transformed
 * @param rows how many of them there are; the others are 0
 * @param columns of how many waves the sums are wanted
 */
record Waves(int length, int rows, int columns) {

  /** The longest transform: beyond, a product with a matrix is no way to compute it. */
  private static final int LONGEST = 4096;

  static Waves of(OperationScope scope, long length) {
    Rules.require(length > 0, "a Fourier transform must be of one number or more, is of " + length);
    if (length > LONGEST) {
      throw scope.unsupported(
          "a Fourier transform must be of " + LONGEST + " numbers at most", Long.toString(length));
    }
    return new Waves((int) length, (int) length, (int) length);
  }

  Waves limited(long ownRows, long ownColumns) {
    return new Waves(length, (int) ownRows, (int) ownColumns);
  }

  double cosine(long k, long n) {
    return at(k, n, Math::cos);
  }

  double sine(long k, long n) {
    return at(k, n, Math::sin);
  }

  /** By the angle within one turn, which is exact for any product. */
  private double at(long k, long n, DoubleUnaryOperator wave) {
    return wave.applyAsDouble(2 * Math.PI * (k * n % length) / length);
  }

  /** {@code [rows, columns]} in the type of {@code like}. */
  Value cosines(OperationScope scope, Value like) {
    return matrix(scope, "cosines", like.type().dtype(), this::cosine);
  }

  /** {@code [rows, columns]} times a sign. */
  Value sines(OperationScope scope, Value like, int sign) {
    return matrix(scope, "sines", like.type().dtype(), (k, n) -> sign * sine(k, n));
  }

  /** A function of two places. */
  @FunctionalInterface
  private interface Wave {
    double at(long k, long n);
  }

  private Value matrix(OperationScope scope, String what, DataType dtype, Wave wave) {
    double[] matrix = new double[rows * columns];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = wave.at(i / columns, i % columns);
    }
    return scope.constant(what, Tensor.of(matrix, rows, columns).cast(dtype));
  }
}
