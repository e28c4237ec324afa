package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.StftSpectrogram;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Arrays;
import java.util.List;

/** Every channel is a signal of its own: {@code Conv} with the waves as kernels. */
final class StftSpectrogramLowering implements Lowering<StftSpectrogram> {

  /** Keras's epsilon, below which powers and magnitudes do not fall. */
  private static final double LEAST = 1e-7;

  @Override
  public Lowered lower(StftSpectrogram layer, LoweringContext context) {
    Value x = context.input();
    boolean last = layer.dataFormat() == DataFormat.CHANNELS_LAST;
    // [batch, channels, time]
    Value channels = last ? Shapes.moved(context, x, 2, 1) : x;
    Value lines =
        context.add(
            "lines",
            new Reshape(
                List.of(
                    new DimSource.Rest(),
                    DimSource.of(channels.type().shape().dim(2), 0, 2),
                    new DimSource.Fixed(1))),
            channels);
    // [batch * channels, frames, values]
    Value values = values(layer, context, lines);
    return Lowered.of(arranged(layer, context, values, channels));
  }

  private static Value values(StftSpectrogram layer, LoweringContext context, Value lines) {
    return switch (layer.mode()) {
      case REAL -> waves(layer, context, lines, "real_kernel");
      case IMAG -> waves(layer, context, lines, "imag_kernel");
      case STFT ->
          context.add(
              "both",
              new Concat(2),
              waves(layer, context, lines, "real_kernel"),
              waves(layer, context, lines, "imag_kernel"));
      case ANGLE ->
          context.binary(
              BinaryFunction.ATAN2,
              waves(layer, context, lines, "imag_kernel"),
              waves(layer, context, lines, "real_kernel"));
      case PSD -> doubled(layer, context, power(layer, context, lines));
      case MAGNITUDE -> magnitude(layer, context, lines);
      case LOG ->
          context.unary(
              UnaryFunction.LOG,
              context.binary(BinaryFunction.MAXIMUM, magnitude(layer, context, lines), LEAST));
    };
  }

  private static Value waves(
      StftSpectrogram layer, LoweringContext context, Value lines, String kernel) {
    Window window =
        Windows.of(
            lines.type().shape(),
            DataFormat.CHANNELS_LAST,
            List.of(layer.frameLength()),
            List.of(layer.step()),
            List.of(1),
            layer.padding());
    return context.add("waves", new Conv(window, 1, 2), lines, context.weight(kernel));
  }

  private static Value power(StftSpectrogram layer, LoweringContext context, Value lines) {
    Value real = waves(layer, context, lines, "real_kernel");
    Value imag = waves(layer, context, lines, "imag_kernel");
    return context.binary(
        BinaryFunction.ADD,
        context.binary(BinaryFunction.MULTIPLY, real, real),
        context.binary(BinaryFunction.MULTIPLY, imag, imag));
  }

  private static Value magnitude(StftSpectrogram layer, LoweringContext context, Value lines) {
    return context.unary(
        UnaryFunction.SQRT,
        context.binary(BinaryFunction.MAXIMUM, power(layer, context, lines), LEAST));
  }

  /** Of a real signal all frequencies but the first and the last stand for two. */
  private static Value doubled(StftSpectrogram layer, LoweringContext context, Value power) {
    double[] weights = new double[layer.frequencies()];
    Arrays.fill(weights, 2);
    weights[0] = 1;
    weights[weights.length - 1] = 1;
    Tensor factors = Tensor.of(weights, weights.length).cast(power.type().dtype());
    return context.binary(
        BinaryFunction.MULTIPLY, power, context.constant("sides", WeightRef.of(factors)));
  }

  /** The values of each channel beside each other, as the layer gives them out. */
  private static Value arranged(
      StftSpectrogram layer, LoweringContext context, Value values, Value channels) {
    Shape given = channels.type().shape();
    DimSource batch = DimSource.of(given.dim(0), 1, 0);
    DimSource frames = DimSource.of(values.type().shape().dim(1), 0, 1);
    long count = context.knownSize(channels, 1);
    Reshape apart =
        new Reshape(
            List.of(
                batch, new DimSource.Fixed(count), frames, new DimSource.Fixed(layer.values())));
    Value grid = context.add("channels", apart, values, channels);
    boolean last = layer.dataFormat() == DataFormat.CHANNELS_LAST;
    if (layer.expandDims()) {
      return last ? context.add("image", new Transpose(List.of(0, 2, 3, 1)), grid) : grid;
    }
    List<Integer> order = last ? List.of(0, 2, 1, 3) : List.of(0, 1, 3, 2);
    DimSource joined = new DimSource.Fixed(Math.multiplyExact(count, layer.values()));
    DimSource moved = DimSource.of(values.type().shape().dim(1), 0, last ? 1 : 3);
    DimSource samples = DimSource.of(given.dim(0), 0, 0);
    return context.add(
        "joined",
        new Reshape(last ? List.of(samples, moved, joined) : List.of(samples, joined, moved)),
        context.add("order", new Transpose(order), grid));
  }
}
