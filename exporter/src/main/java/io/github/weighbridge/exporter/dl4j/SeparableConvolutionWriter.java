package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.SeparableConvolution;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;

/**
 * SeparableConv2D to SeparableConvolution2D. Parameters: bias, depthwise kernel {@code [multiplier,
 * in, kh, kw]}, pointwise kernel {@code [out, in multiplier, 1, 1]}.
 */
final class SeparableConvolutionWriter implements LayerWriter<SeparableConvolution> {

  @Override
  public String write(SeparableConvolution layer, LayerCall call) {
    if (layer.rank() != 2) {
      return call.refuse(
          "must be 2-D, DL4J has no other separable convolution", layer.rank() + "-D");
    }
    Activations.Mapped activation = call.activation(layer.activation());
    Window window =
        Window.of(
            layer.kernelSize(),
            layer.strides(),
            layer.dilationRate(),
            layer.padding(),
            layer.dataFormat());
    Dl4jObject config =
        call.templates()
            .convolution(
                "SeparableConvolution2D",
                activation.function(),
                call.channels(layer.dataFormat()),
                layer.filters(),
                layer.useBias(),
                window)
            .with("depthMultiplier", layer.depthMultiplier());
    List<WeightRef> parameters = new ArrayList<>();
    double scale = activation.inputScale();
    if (layer.useBias()) {
      parameters.add(LayerCall.scaled(call.weight("bias"), scale));
    }
    parameters.add(call.weight("depthwise_kernel").transposed(3, 2, 0, 1));
    // Only the second of two products is scaled.
    parameters.add(LayerCall.scaled(call.weight("pointwise_kernel").transposed(3, 2, 0, 1), scale));
    return call.layer(config, parameters);
  }
}
