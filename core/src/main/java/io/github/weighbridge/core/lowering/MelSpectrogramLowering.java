package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.MelSpectrogram;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;

/**
 * {@code Conv} of the signal, mirrored at its ends, with windowed waves; magnitudes times the
 * matrix of bands; decibels below the loudest.
 */
final class MelSpectrogramLowering implements Lowering<MelSpectrogram> {

  private static final double DECIBELS = 10 / Math.log(10);

  @Override
  public Lowered lower(MelSpectrogram layer, LoweringContext context) {
    DataType dtype = MelSpectrogram.spectrumType(context.computeType());
    Value x = context.cast(context.rawInput(), dtype);
    long half = layer.fftLength() / 2;
    Value mirrored =
        context.add(
            "mirrored", new Pad(List.of(0L, half), List.of(0L, half), Pad.Mode.REFLECT, 0), x);
    Value signal = context.add("signal", new Unsqueeze(List.of(2)), mirrored);
    Value real = waves(layer, context, signal, "cosines", SpectralWaves.cosines(layer));
    Value imag = waves(layer, context, signal, "sines", SpectralWaves.sines(layer));
    Value power =
        context.binary(
            BinaryFunction.ADD,
            context.binary(BinaryFunction.MULTIPLY, real, real),
            context.binary(BinaryFunction.MULTIPLY, imag, imag));
    Value spectrum =
        context.binary(
            BinaryFunction.POWER, context.unary(UnaryFunction.SQRT, power), layer.magExp());
    Value bands = context.constant("mel", WeightRef.of(MelBands.matrix(layer).cast(dtype)));
    Value mel = context.add("bands", new MatMul(), spectrum, bands);
    Value loud = layer.powerToDb() ? decibels(layer, context, mel) : mel;
    Value turned = context.add("turned", new Transpose(List.of(0, 2, 1)), loud);
    return Lowered.of(context.cast(turned, context.computeType()));
  }

  private static Value waves(
      MelSpectrogram layer, LoweringContext context, Value signal, String what, WeightRef kernel) {
    Window window =
        Windows.of(
            signal.type().shape(),
            DataFormat.CHANNELS_LAST,
            List.of(layer.fftLength()),
            List.of(layer.sequenceStride()),
            List.of(1),
            WindowPadding.VALID);
    Value waves = context.constant(what, kernel.cast(signal.type().dtype()));
    return context.add(what + "/conv", new Conv(window, 1, 2), signal, waves);
  }

  private static Value decibels(MelSpectrogram layer, LoweringContext context, Value mel) {
    Value logarithm =
        context.unary(
            UnaryFunction.LOG, context.binary(BinaryFunction.MAXIMUM, mel, layer.minPower()));
    double reference = Math.log(Math.max(Math.abs(layer.refPower()), layer.minPower()));
    Value relative =
        context.binary(
            BinaryFunction.SUBTRACT,
            context.binary(BinaryFunction.MULTIPLY, logarithm, DECIBELS),
            DECIBELS * reference);
    Value loudest =
        context.add("loudest", new Reduce(Reduce.Function.MAX, List.of(0, 1, 2), true), relative);
    return context.binary(
        BinaryFunction.MAXIMUM,
        relative,
        context.binary(BinaryFunction.SUBTRACT, loudest, layer.topDb()));
  }
}
