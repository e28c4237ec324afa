package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.MelSpectrogram;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** The waves of a discrete Fourier transform under a window, as kernels of a convolution. */
final class SpectralWaves {

  private SpectralWaves() {}

  /** The real part: {@code [fftLength, 1, frequencies]}, float64. */
  static WeightRef cosines(MelSpectrogram layer) {
    return waves(layer, Math::cos);
  }

  /** The imaginary part, likewise. */
  static WeightRef sines(MelSpectrogram layer) {
    return waves(layer, angle -> -Math.sin(angle));
  }

  /** Worked out as they are read: long frames have millions of them. */
  private static WeightRef waves(MelSpectrogram layer, DoubleUnaryOperator wave) {
    int length = layer.fftLength();
    int frequencies = layer.frequencies();
    double[] window = window(layer);
    double[] turn = new double[length];
    for (int i = 0; i < length; i++) {
      turn[i] = wave.applyAsDouble(2 * Math.PI * i / length);
    }
    return WeightRef.of(
        DataType.FLOAT64,
        (start, target) -> fill(start, target, frequencies, window, turn),
        length,
        1,
        frequencies);
  }

  private static void fill(
      long start, ByteBuffer target, int frequencies, double[] window, double[] turn) {
    long element = start;
    while (target.hasRemaining()) {
      int place = (int) (element / frequencies);
      long turned = (long) place * (element % frequencies) % turn.length;
      target.putDouble(window[place] * turn[(int) turned]);
      element++;
    }
  }

  /** The window in the middle of a frame; TensorFlow makes only those of even length periodic. */
  private static double[] window(MelSpectrogram layer) {
    int length = layer.sequenceLength();
    Optional<String> name = Optional.ofNullable(layer.window()).flatMap(Tree::asText);
    double[] window = new double[layer.fftLength()];
    int before = (layer.fftLength() - length) / 2;
    int period = Math.max(1, length - length % 2);
    for (int i = 0; i < length; i++) {
      double cosine = Math.cos(2 * Math.PI * i / period);
      window[before + i] =
          name.isEmpty() || length == 1
              ? 1
              : name.get().equals("hann") ? 0.5 - 0.5 * cosine : 0.54 - 0.46 * cosine;
    }
    return window;
  }
}
