package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.TransposedConvolution;
import io.github.weighbridge.core.layer.TransposedWindow;
import io.github.weighbridge.core.op.ConvTranspose;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Window;
import java.util.ArrayList;
import java.util.List;

/** {@code ConvTranspose}, then the activation. */
final class TransposedConvolutionLowering implements Lowering<TransposedConvolution> {

  @Override
  public Lowered lower(TransposedConvolution layer, LoweringContext context) {
    Value x = context.input();
    ConvTranspose conv =
        operation(layer.window(x.type().shape()), layer.dataFormat().channelAxis(x.type().rank()));
    Value bias = layer.useBias() ? context.weight("bias") : null;
    Value y = context.add("conv_transpose", conv, x, context.weight("kernel"), bias);
    return Lowered.of(Activations.apply(context, layer.activation(), y));
  }

  /** The operation of a window. */
  static ConvTranspose operation(TransposedWindow own, int channelAxis) {
    List<Integer> begin = new ArrayList<>();
    List<Integer> end = new ArrayList<>();
    List<Integer> outputPadding = new ArrayList<>();
    for (int i = 0; i < own.rank(); i++) {
      int[] cut = own.cut(i);
      begin.add(cut[0]);
      end.add(Math.max(0, cut[1]));
      outputPadding.add(Math.max(0, -cut[1]));
    }
    Window window =
        new Window(own.kernelSize(), own.strides(), own.dilationRate(), Padding.of(begin, end));
    return new ConvTranspose(window, outputPadding, channelAxis);
  }
}
