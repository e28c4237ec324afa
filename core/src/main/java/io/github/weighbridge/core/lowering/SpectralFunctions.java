package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.ConvTranspose;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fourier transforms as products with the matrix of waves, those of moving windows as convolutions
 * with it; complex numbers are pairs of arrays, as in {@code keras.ops}.
 */
final class SpectralFunctions {

  private SpectralFunctions() {}

  /** Complex numbers. */
  private record Complex(Value real, Value imaginary) {

    private List<Value> parts() {
      return List.of(real, imaginary);
    }
  }

  static void addTo(FunctionTable table) {
    table.add(
        "ExtractSequences(x, sequence_length, sequence_stride)",
        SpectralFunctions::extractSequences);
    table.addAll("FFT(x)", call -> along(call, complex(call), -1, -1).parts());
    table.addAll("FFT2(x)", call -> both(call, complex(call), -1).parts());
    table.addAll("IFFT2(x)", SpectralFunctions::inverseOfImages);
    table.add("IRFFT(x, fft_length=None)", SpectralFunctions::inverseOfReal);
    table.add(
        "ISTFT(x, sequence_length, sequence_stride, fft_length, length=None, window='hann',"
            + " center=True)",
        SpectralFunctions::inverseOfWindows);
    table.addAll("RFFT(x, fft_length=None)", SpectralFunctions::ofReal);
    table.addAll(
        "STFT(x, sequence_length, sequence_stride, fft_length, window='hann', center=True)",
        SpectralFunctions::ofWindows);
  }

  private static Complex complex(FunctionCall call) {
    List<Value> parts = call.promotedList("x");
    Rules.require(
        parts.size() == 2 && parts.get(0).type().dtype().isFloating(),
        "'x' must be a real and an imaginary part");
    return new Complex(parts.get(0), parts.get(1));
  }

  // Of complex numbers.

  /** Along an axis from the end; a sign of -1 is the transform, of 1 its inverse times the size. */
  private static Complex along(FunctionCall call, Complex x, int axis, int sign) {
    int rank = x.real().type().rank();
    int last = rank - 1;
    int own = rank + axis;
    Value real = Shapes.moved(call, x.real(), own, last);
    Value imaginary = Shapes.moved(call, x.imaginary(), own, last);
    Waves waves = Waves.of(call, call.knownSize(real, last));
    Value cosine = waves.cosines(call, real);
    Value sine = waves.sines(call, real, sign);
    Value even =
        call.binary(
            BinaryFunction.SUBTRACT, product(call, real, cosine), product(call, imaginary, sine));
    Value odd =
        call.binary(
            BinaryFunction.ADD, product(call, real, sine), product(call, imaginary, cosine));
    return new Complex(Shapes.moved(call, even, last, own), Shapes.moved(call, odd, last, own));
  }

  private static Complex both(FunctionCall call, Complex x, int sign) {
    Rules.require(x.real().type().rank() > 1, "'x' must have 2 axes, is " + x.real().type());
    return along(call, along(call, x, -1, sign), -2, sign);
  }

  private static List<Value> inverseOfImages(FunctionCall call) {
    Complex x = complex(call);
    int rank = x.real().type().rank();
    Complex sums = both(call, x, 1);
    double count = (double) call.knownSize(x.real(), rank - 2) * call.knownSize(x.real(), rank - 1);
    return List.of(
        call.binary(BinaryFunction.DIVIDE, sums.real(), count),
        call.binary(BinaryFunction.DIVIDE, sums.imaginary(), count));
  }

  /** Vectors along the last axis times a matrix. */
  private static Value product(FunctionCall call, Value x, Value matrix) {
    if (x.type().rank() > 1) {
      return call.add("product", new MatMul(), x, matrix);
    }
    Value row = call.add("row", new Unsqueeze(List.of(0)), x);
    Value product = call.add("product", new MatMul(), row, matrix);
    return call.add("line", new Squeeze(List.of(0)), product);
  }

  // Of real numbers.

  /** What a transform is short of counts as 0, what it has too much is left out. */
  private static List<Value> ofReal(FunctionCall call) {
    Value x = call.floating("x");
    int last = x.type().rank() - 1;
    long own = call.knownSize(x, last);
    long length = call.isNone("fft_length") ? own : call.whole("fft_length");
    Waves waves = Waves.of(call, length).limited(Math.min(own, length), length / 2 + 1);
    Value used = own > length ? call.add("used", Slice.of(last, 0, length), x) : x;
    return List.of(
        product(call, used, waves.cosines(call, x)), product(call, used, waves.sines(call, x, -1)));
  }

  private static Value inverseOfReal(FunctionCall call) {
    Complex x = complex(call);
    int last = x.real().type().rank() - 1;
    long own = call.knownSize(x.real(), last);
    long length = call.isNone("fft_length") ? 2 * (own - 1) : call.whole("fft_length");
    InverseWaves waves = new InverseWaves(Waves.of(call, length), own);
    Value both =
        call.add(
            "both",
            new Concat(last),
            used(call, x.real(), waves),
            used(call, x.imaginary(), waves));
    return product(call, both, waves.matrix(call, x.real().type().dtype()));
  }

  private static Value used(FunctionCall call, Value x, InverseWaves waves) {
    int last = x.type().rank() - 1;
    return call.knownSize(x, last) == waves.bins()
        ? x
        : call.add("used", Slice.of(last, 0, waves.bins()), x);
  }

  // Of windows that move over real numbers.

  /** All but the last axis as one, and an axis of size 1 for the channel. */
  private static Value sequences(FunctionCall call, Value x, long channels) {
    int last = x.type().rank() - 1 - (channels > 1 ? 1 : 0);
    List<DimSource> dims = new ArrayList<>();
    dims.add(last == 0 ? new DimSource.Fixed(1) : new DimSource.Rest());
    dims.add(DimSource.of(x.type().shape().dim(last), 0, last));
    dims.add(new DimSource.Fixed(channels));
    return call.add("sequences", new Reshape(dims), x);
  }

  /** {@code [sequences, steps...]} with the axes that {@code x} has before the last ones. */
  private static Value asBefore(FunctionCall call, Value sequences, Value x, int axes) {
    List<DimSource> dims = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      dims.add(DimSource.of(x.type().shape().dim(axis), 1, axis));
    }
    for (int axis = 1; axis < sequences.type().rank(); axis++) {
      dims.add(DimSource.of(sequences.type().shape().dim(axis), 0, axis));
    }
    return call.add("result", new Reshape(dims), sequences, x);
  }

  private static Window window(int size, int stride) {
    return Window.of(List.of(size), List.of(stride), Padding.none(1));
  }

  private static List<Value> ofWindows(FunctionCall call) {
    Value x = call.tensor("x");
    if (x.type().dtype() != DataType.FLOAT32 && x.type().dtype() != DataType.FLOAT64) {
      throw call.unsupported("'x' must be float32 or float64", x.type().dtype().kerasName());
    }
    WaveWindow waves = WaveWindow.of(call);
    Value padded = call.flag("center") ? mirrored(call, x, waves.length() / 2) : x;
    Conv conv = new Conv(window(waves.length(), waves.stride()), 1, 2);
    Value kernel = waves.kernel(call, x.type().dtype());
    Value spectra = call.add("spectra", conv, sequences(call, padded, 1), kernel);
    Value result = asBefore(call, spectra, x, x.type().rank() - 1);
    int last = result.type().rank() - 1;
    long bins = waves.length() / 2 + 1L;
    return List.of(
        call.add("real", Slice.of(last, 0, bins), result),
        call.add("imaginary", Slice.of(last, bins, 2 * bins), result));
  }

  private static Value mirrored(FunctionCall call, Value x, long margin) {
    List<Long> margins = new ArrayList<>(Collections.nCopies(x.type().rank(), 0L));
    margins.set(x.type().rank() - 1, margin);
    return call.add("mirrored", new Pad(margins, margins, Pad.Mode.REFLECT, 0), x);
  }

  /** Each spectrum adds its waves to the result, where its window stood. */
  private static Value inverseOfWindows(FunctionCall call) {
    Complex x = complex(call);
    int last = x.real().type().rank() - 1;
    Rules.require(last > 0, "'x' must have 2 axes, is " + x.real().type());
    WaveWindow waves = WaveWindow.of(call);
    InverseWaves inverse =
        new InverseWaves(Waves.of(call, waves.length()), call.knownSize(x.real(), last));
    Value both =
        call.add(
            "both",
            new Concat(last),
            used(call, x.real(), inverse),
            used(call, x.imaginary(), inverse));
    Value spectra = sequences(call, both, 2L * inverse.bins());
    ConvTranspose conv = new ConvTranspose(window(waves.length(), waves.stride()), List.of(0), 2);
    Value kernel = waves.inverseKernel(call, inverse, x.real().type().dtype());
    Value added = call.add("added", conv, spectra, kernel);
    Value line = call.add("line", new Squeeze(List.of(2)), added);
    Value whole = asBefore(call, line, x.real(), last - 1);
    boolean center = call.flag("center");
    long start = center ? waves.length() / 2 : 0;
    long end =
        !call.isNone("length")
            ? start + call.whole("length")
            : center && start > 0 ? -start : Slice.TO_END;
    return call.add("signal", Slice.of(last - 1, start, end), whole);
  }

  private static Value extractSequences(FunctionCall call) {
    Value x = call.tensor("x");
    int last = x.type().rank() - 1;
    int length = call.whole("sequence_length");
    int stride = call.whole("sequence_stride");
    Rules.require(length > 0 && stride > 0, "'sequence_length' and its stride must be positive");
    long size = call.knownSize(x, last);
    int count = size < length ? 0 : Math.toIntExact(1 + (size - length) / stride);
    int[] places =
        IntStream.range(0, count * length).map(i -> i / length * stride + i % length).toArray();
    Value indices = call.constant("places", Tensor.of(places, count, length));
    return call.add("sequences", new Gather(last, 0), x, indices);
  }
}
