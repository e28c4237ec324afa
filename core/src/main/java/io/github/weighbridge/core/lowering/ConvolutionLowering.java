package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Convolution;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.Shape;

/** {@code Conv}, then the activation. */
final class ConvolutionLowering implements Lowering<Convolution> {

  @Override
  public Lowered lower(Convolution layer, LoweringContext context) {
    Value x = context.input();
    Shape image = x.type().shape();
    Window window =
        Windows.of(
            image,
            layer.dataFormat(),
            layer.kernelSize(),
            layer.strides(),
            layer.dilationRate(),
            layer.padding());
    Conv conv = new Conv(window, layer.groups(), layer.dataFormat().channelAxis(image.rank()));
    Value bias = layer.useBias() ? context.weight("bias") : null;
    Value y = context.add("conv", conv, x, context.weight("kernel"), bias);
    return Lowered.of(Activations.apply(context, layer.activation(), y));
  }
}
