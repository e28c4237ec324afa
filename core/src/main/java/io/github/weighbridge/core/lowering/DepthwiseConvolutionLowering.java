package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.DepthwiseConvolution;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.Shape;
import org.jspecify.annotations.Nullable;

/** {@code Conv} with as many groups as channels, then the activation. */
final class DepthwiseConvolutionLowering implements Lowering<DepthwiseConvolution> {

  @Override
  public Lowered lower(DepthwiseConvolution layer, LoweringContext context) {
    Value x = context.input();
    Window window =
        Windows.of(
            x.type().shape(),
            layer.dataFormat(),
            layer.kernelSize(),
            layer.strides(),
            layer.dilationRate(),
            layer.padding());
    Value bias = layer.useBias() ? context.weight("bias") : null;
    Value y = depthwise(context, x, "kernel", bias, window, layer.dataFormat());
    return Lowered.of(Activations.apply(context, layer.activation(), y));
  }

  /**
   * A convolution of every channel by itself. The kernel {@code [k..., in, multiplier]} is, without
   * moving an element, one of {@code in} groups: {@code [k..., 1, in multiplier]}.
   */
  static Value depthwise(
      LoweringContext context,
      Value x,
      String kernelName,
      @Nullable Value bias,
      Window window,
      DataFormat format) {
    Shape image = x.type().shape();
    long[] sizes = context.weightSizes(kernelName);
    int groups = Math.toIntExact(sizes[sizes.length - 2]);
    Conv conv = new Conv(window, groups, format.channelAxis(image.rank()));
    return context.add("depthwise", conv, x, context.weight(kernelName, grouped(sizes)), bias);
  }

  /** The sizes of a kernel's groups, from its own. */
  static long[] grouped(long... sizes) {
    int in = sizes.length - 2;
    long[] grouped = sizes.clone();
    grouped[in] = 1;
    grouped[in + 1] = sizes[in] * sizes[in + 1];
    return grouped;
  }
}
