package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.TransposedConvolution;
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
    List<Integer> begin = new ArrayList<>();
    List<Integer> end = new ArrayList<>();
    List<Integer> outputPadding = new ArrayList<>();
    for (int i = 0; i < layer.rank(); i++) {
      int[] cut = layer.cut(i, x.type().shape());
      begin.add(cut[0]);
      end.add(Math.max(0, cut[1]));
      outputPadding.add(Math.max(0, -cut[1]));
    }
    Window window =
        new Window(
            layer.kernelSize(), layer.strides(), layer.dilationRate(), Padding.of(begin, end));
    ConvTranspose conv =
        new ConvTranspose(window, outputPadding, layer.dataFormat().channelAxis(x.type().rank()));
    Value bias = layer.useBias() ? context.weight("bias") : null;
    Value y = context.add("conv_transpose", conv, x, context.weight("kernel"), bias);
    return Lowered.of(Activations.apply(context, layer.activation(), y));
  }
}
