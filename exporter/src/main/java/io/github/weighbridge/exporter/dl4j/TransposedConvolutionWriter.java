package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.TransposedConvolution;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;

/**
 * Conv2DTranspose and Conv3DTranspose to Deconvolution2D and 3D. Parameters: bias, then the kernel
 * as {@code [in, out, kh, kw]}; in 3-D as Keras has it.
 */
final class TransposedConvolutionWriter implements LayerWriter<TransposedConvolution> {

  @Override
  public String write(TransposedConvolution layer, LayerCall call) {
    if (layer.rank() == 1) {
      return call.refuse("must be 2-D or 3-D, DL4J has no other transposed convolution", "1-D");
    }
    for (int i = 0; i < layer.rank(); i++) {
      int[] cut = layer.cut(i);
      int surplus = layer.extent(i) - layer.strides().get(i);
      // DL4J cuts nothing, or with Same as much as makes in * stride, what is odd at the end.
      boolean same =
          layer.padding() == WindowPadding.SAME && surplus >= 0 && cut[0] + cut[1] == surplus;
      boolean none = layer.padding() == WindowPadding.VALID && cut[0] == 0 && cut[1] == 0;
      call.require(
          same || none,
          "must cut off what DL4J does: nothing, or all beyond input size times stride",
          "kernel_size "
              + layer.kernelSize()
              + ", strides "
              + layer.strides()
              + ", output_padding "
              + layer.outputPadding());
    }
    Activations.Mapped activation = call.activation(layer.activation());
    Window window =
        Window.of(
            layer.kernelSize(),
            layer.strides(),
            layer.dilationRate(),
            layer.padding(),
            layer.dataFormat());
    boolean flat = layer.rank() == 2;
    Dl4jObject config =
        call.templates()
            .convolution(
                flat ? "Deconvolution2D" : "Deconvolution3D",
                activation.function(),
                call.channels(layer.dataFormat()),
                layer.filters(),
                layer.useBias(),
                window);
    if (!flat) {
      config.with("dataFormat", window.format3d());
    }
    List<WeightRef> parameters = new ArrayList<>();
    if (layer.useBias()) {
      parameters.add(call.weight("bias"));
    }
    WeightRef kernel = call.weight("kernel");
    parameters.add(flat ? kernel.transposed(3, 2, 0, 1) : kernel);
    return call.layer(config, LayerCall.scaled(activation, parameters));
  }
}
