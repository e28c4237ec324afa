package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.MelSpectrogram;
import io.github.weighbridge.core.tensor.Tensor;

/**
 * The bands of the mel scale, by HTK's formula: triangles over {@code 1127 ln(1 + f / 700)} that
 * reach from one centre to the next; the frequency 0 belongs to none.
 */
final class MelBands {

  private static final double HIGH_FREQUENCY = 1127;
  private static final double BREAK_FREQUENCY = 700;

  private MelBands() {}

  /** How much of each frequency each band has: {@code [frequencies, bands]}. */
  static Tensor matrix(MelSpectrogram layer) {
    int bands = layer.numMelBins();
    int frequencies = layer.frequencies();
    double low = mel(layer.minFreq());
    double step = (mel(layer.maxFreq()) - low) / (bands + 1);
    double[] matrix = new double[Math.multiplyExact(frequencies, bands)];
    for (int f = 1; f < frequencies; f++) {
      double place = mel(layer.samplingRate() / 2 * f / (frequencies - 1));
      for (int band = 0; band < bands; band++) {
        double above = (place - low) / step - band;
        matrix[f * bands + band] = Math.max(0, Math.min(above, 2 - above));
      }
    }
    return Tensor.of(matrix, frequencies, bands);
  }

  private static double mel(double hertz) {
    return HIGH_FREQUENCY * Math.log1p(hertz / BREAK_FREQUENCY);
  }
}
