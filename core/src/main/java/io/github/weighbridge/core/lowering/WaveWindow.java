package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.Arrays;

/**
 * The window of a short-time Fourier transform, as Keras has it: in the middle of as many numbers
 * as are transformed.
 */
final class WaveWindow {

  private final int length;
  private final int stride;
  private final double[] weights;
  private final boolean weighted;

  private WaveWindow(int length, int stride, double[] weights, boolean weighted) {
    this.length = length;
    this.stride = stride;
    this.weights = weights;
    this.weighted = weighted;
  }

  /** The window that a call asks for. */
  static WaveWindow of(FunctionCall call) {
    int own = call.whole("sequence_length");
    int stride = call.whole("sequence_stride");
    int length = call.whole("fft_length");
    Rules.require(stride > 0, "'sequence_stride' must be positive, is " + stride);
    Rules.require(
        own > 0 && own <= length,
        "'sequence_length' must be from 1 to 'fft_length', is " + own + " of " + length);
    double[] weights = new double[length];
    if (call.isNone("window")) {
      Arrays.fill(weights, 1);
      return new WaveWindow(length, stride, weights, false);
    }
    double[] given = weights(call, own);
    System.arraycopy(given, 0, weights, (length - own) / 2, own);
    return new WaveWindow(length, stride, weights, true);
  }

  private static double[] weights(FunctionCall call, int size) {
    if (call.isComputed("window") || call.literal("window").asText().isEmpty()) {
      Value given = call.as(DataType.FLOAT64, "window").get(0);
      double[] weights =
          call.constantOf(given)
              .map(weight -> weight.load().doubles())
              .orElseThrow(
                  () -> call.unsupported("'window' must be written into the model", "a tensor"));
      Rules.require(
          weights.length == size, "'window' must have " + size + " numbers, has " + weights.length);
      return weights;
    }
    double[] weights = new double[size];
    double low =
        switch (call.text("window")) {
          case "hann" -> 0.5;
          case "hamming" -> 0.54;
          default ->
              throw new IllegalArgumentException(
                  "'window' must be hann or hamming, is " + call.text("window"));
        };
    // TensorFlow's windows are periodic in even sizes only; one number alone is not weighed.
    int period = size % 2 == 0 ? size : size - 1;
    Arrays.setAll(
        weights, i -> size == 1 ? 1 : low - (1 - low) * Math.cos(2 * Math.PI * i / period));
    return weights;
  }

  /** How many numbers are transformed at a time. */
  int length() {
    return length;
  }

  /** How far the window moves. */
  int stride() {
    return stride;
  }

  /** {@code [length, 1, real and imaginary waves]}. */
  Value kernel(OperationScope scope, DataType dtype) {
    Waves waves = Waves.of(scope, length);
    int bins = length / 2 + 1;
    double[] kernel = new double[length * 2 * bins];
    for (int i = 0; i < kernel.length; i++) {
      int n = i / (2 * bins);
      int wave = i % (2 * bins);
      kernel[i] =
          weights[n] * (wave < bins ? waves.cosine(n, wave) : -waves.sine(n, wave - (long) bins));
    }
    return scope.constant("waves", Tensor.of(kernel, length, 1, 2L * bins).cast(dtype));
  }

  /** {@code [length, 1, real and imaginary waves]}, weighed so that the windows add up to 1. */
  Value inverseKernel(OperationScope scope, InverseWaves waves, DataType dtype) {
    double[] own = inverseWeights();
    int rows = 2 * waves.bins();
    double[] kernel = new double[length * rows];
    for (int i = 0; i < kernel.length; i++) {
      int n = i / rows;
      kernel[i] = own[n] * waves.share(i % rows, n);
    }
    return scope.constant("waves", Tensor.of(kernel, length, 1, rows).cast(dtype));
  }

  /** Each weight divided by the sum of the squares of those that meet at its place, if any. */
  private double[] inverseWeights() {
    if (!weighted) {
      return weights;
    }
    double[] sums = new double[stride];
    for (int i = 0; i < length; i++) {
      sums[i % stride] += weights[i] * weights[i];
    }
    double[] inverse = new double[length];
    Arrays.setAll(inverse, i -> sums[i % stride] == 0 ? 0 : weights[i] / sums[i % stride]);
    return inverse;
  }
}
