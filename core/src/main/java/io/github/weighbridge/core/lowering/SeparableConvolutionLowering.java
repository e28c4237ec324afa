package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.SeparableConvolution;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Window;
import java.util.Collections;
import java.util.List;

/** A depthwise {@code Conv}, one of size 1 over the channels, then the activation. */
final class SeparableConvolutionLowering implements Lowering<SeparableConvolution> {

  @Override
  public Lowered lower(SeparableConvolution layer, LoweringContext context) {
    Value x = context.input();
    Window window =
        Windows.of(
            x.type().shape(),
            layer.dataFormat(),
            layer.kernelSize(),
            layer.strides(),
            layer.dilationRate(),
            layer.padding());
    Value depthwise =
        DepthwiseConvolutionLowering.depthwise(
            context, x, "depthwise_kernel", null, window, layer.dataFormat());
    List<Integer> ones = Collections.nCopies(layer.rank(), 1);
    Conv pointwise =
        new Conv(
            Window.of(ones, ones, Padding.none(layer.rank())),
            1,
            layer.dataFormat().channelAxis(x.type().rank()));
    Value bias = layer.useBias() ? context.weight("bias") : null;
    Value y =
        context.add("pointwise", pointwise, depthwise, context.weight("pointwise_kernel"), bias);
    return Lowered.of(Activations.apply(context, layer.activation(), y));
  }
}
