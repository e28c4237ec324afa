package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's MelSpectrogram: how loud each band of the mel scale is in each frame of a signal {@code
 * [batch, samples]}, as {@code [batch, bands, frames]}.
 *
 * @param fftLength the length of a frame, of which the window covers the middle
 * @param sequenceLength the length of the window
 * @param window {@code hann}, {@code hamming} or null for none
 * @param numMelBins how many bands there are
 * @param powerToDb whether decibels are given out
 * @param topDb how far they may lie below the loudest of the whole batch
 * @param magExp the exponent of magnitudes; 2 for power
 */
public record MelSpectrogram(
    int fftLength,
    int sequenceStride,
    int sequenceLength,
    @Nullable Tree window,
    double samplingRate,
    int numMelBins,
    double minFreq,
    double maxFreq,
    boolean powerToDb,
    double topDb,
    double magExp,
    double minPower,
    double refPower)
    implements Layer {

  /** Refuses sizes that do not go together, and windows that are no name. */
  public MelSpectrogram {
    Rules.require(
        fftLength > 1 && sequenceStride > 0 && sequenceLength > 0 && numMelBins > 0,
        "fft_length, sequence_stride, sequence_length and num_mel_bins must be positive");
    Rules.require(
        sequenceLength <= fftLength, "sequence_length must not be greater than fft_length");
    Rules.require(
        window == null
            || window.isNull()
            || window.asText().filter(List.of("hann", "hamming")::contains).isPresent(),
        "window must be hann, hamming or null, got " + window);
  }

  /** How many frequencies a frame has. */
  public int frequencies() {
    return fftLength / 2 + 1;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape signal = call.shapeOfRank(2);
    Dim padded = signal.dim(1).plus(2L * (fftLength / 2));
    Rules.require(
        !signal.dim(1).isFixed() || signal.dim(1).size() > fftLength / 2,
        "a signal of more than " + fftLength / 2 + " samples is needed, got " + signal);
    Dim frames = padded.plus(1L - fftLength).ceilDiv(sequenceStride);
    return List.of(
        new TensorType(
            call.computeType(), new Shape(List.of(signal.dim(0), Dim.of(numMelBins), frames))));
  }

  /** The type in which spectra are computed: 64 bits where the layer has them, else 32. */
  public static DataType spectrumType(DataType compute) {
    return compute == DataType.FLOAT64 ? compute : DataType.FLOAT32;
  }
}
