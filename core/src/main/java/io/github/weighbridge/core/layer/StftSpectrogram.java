package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's STFTSpectrogram: frames of each channel of a signal {@code [batch, time, channels]} times
 * waves of {@code fftLength / 2 + 1} frequencies.
 *
 * <p>Weights, which training changes: real_kernel unless only the imaginary part is given out,
 * imag_kernel unless only the real one, each {@code [frameLength, 1, frequencies]}.
 *
 * @param mode what is given out for each frame and frequency
 * @param frameStep null for half a frame
 * @param fftLength null for the power of two that holds a frame
 * @param window what the kernels started with, as are periodic and scaling
 * @param expandDims whether frequencies have an axis of their own, not one with the channels
 */
public record StftSpectrogram(
    Mode mode,
    int frameLength,
    @Nullable Integer frameStep,
    @Nullable Integer fftLength,
    @Nullable Tree window,
    boolean periodic,
    @Nullable String scaling,
    WindowPadding padding,
    boolean expandDims,
    DataFormat dataFormat)
    implements Layer {

  /** What is given out. */
  public enum Mode {
    LOG,
    MAGNITUDE,
    /** Power spectral density. */
    PSD,
    REAL,
    IMAG,
    ANGLE,
    /** The real parts, then the imaginary ones. */
    STFT
  }

  /** Refuses frames that do not go together, and a padding that Keras has not here. */
  public StftSpectrogram {
    Rules.require(frameLength > 0, "frame_length must be positive");
    Rules.require(
        frameStep == null || (frameStep >= 1 && frameStep <= frameLength),
        "frame_step must lie between 1 and frame_length");
    Rules.require(
        fftLength == null || fftLength >= frameLength, "fft_length must not be less than a frame");
    Rules.require(padding != WindowPadding.CAUSAL, "padding must be valid or same");
    Rules.require(frameStep != null || frameLength > 1, "frames of 1 need a frame_step");
  }

  /** From frame to frame. */
  public int step() {
    return frameStep == null ? frameLength / 2 : frameStep;
  }

  /** How many frequencies each kernel has. */
  public int frequencies() {
    if (fftLength != null) {
      return fftLength / 2 + 1;
    }
    int power = Integer.highestOneBit(frameLength);
    return (power < frameLength ? 2 * power : power) / 2 + 1;
  }

  /** How many numbers are given out for each frame of a channel. */
  public int values() {
    return mode == Mode.STFT ? 2 * frequencies() : frequencies();
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    List<WeightSpec> weights = new ArrayList<>();
    if (mode != Mode.IMAG) {
      weights.add(WeightSpec.trainable("real_kernel", frameLength, 1, frequencies()));
    }
    if (mode != Mode.REAL) {
      weights.add(WeightSpec.trainable("imag_kernel", frameLength, 1, frequencies()));
    }
    return weights;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape signal = call.shapeOfRank(3);
    DataType dtype = call.input().dtype();
    Rules.require(
        dtype.isFloating() && dtype != DataType.BFLOAT16,
        "a signal of float16, float32 or float64 is needed, got " + dtype);
    long channels = Rules.knownSize(signal, dataFormat.channelAxis(3), "the number of channels");
    Dim time = signal.dim(WindowShapes.spatialAxis(0, dataFormat));
    Dim frames =
        WindowShapes.slide(
                new Shape(List.of(signal.dim(0), time, Dim.of(1))),
                DataFormat.CHANNELS_LAST,
                1,
                List.of(frameLength),
                List.of(step()),
                List.of(1),
                padding)
            .dim(1);
    boolean last = dataFormat == DataFormat.CHANNELS_LAST;
    List<Dim> dims = new ArrayList<>(List.of(signal.dim(0)));
    if (expandDims) {
      Dim values = Dim.of(values());
      dims.addAll(
          last
              ? List.of(frames, values, Dim.of(channels))
              : List.of(Dim.of(channels), frames, values));
    } else {
      Dim values = Dim.of(Math.multiplyExact(channels, values()));
      dims.addAll(last ? List.of(frames, values) : List.of(values, frames));
    }
    return List.of(new TensorType(dtype, new Shape(dims)));
  }
}
