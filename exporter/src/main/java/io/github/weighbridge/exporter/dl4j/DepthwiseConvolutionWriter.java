package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.DepthwiseConvolution;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;

/** DepthwiseConv2D to DepthwiseConvolution2D. Parameters: bias, then the kernel as Keras has it. */
final class DepthwiseConvolutionWriter implements LayerWriter<DepthwiseConvolution> {

  @Override
  public String write(DepthwiseConvolution layer, LayerCall call) {
    if (layer.rank() != 2) {
      return call.refuse(
          "must be 2-D, DL4J has no other depthwise convolution", layer.rank() + "-D");
    }
    Activations.Mapped activation = call.activation(layer.activation());
    Window window =
        Window.of(
            layer.kernelSize(),
            layer.strides(),
            layer.dilationRate(),
            layer.padding(),
            layer.dataFormat());
    long in = call.channels(layer.dataFormat());
    Dl4jObject config =
        call.templates()
            .convolution(
                "DepthwiseConvolution2D",
                activation.function(),
                in,
                in * layer.depthMultiplier(),
                layer.useBias(),
                window)
            .with("depthMultiplier", layer.depthMultiplier());
    List<WeightRef> parameters = new ArrayList<>();
    if (layer.useBias()) {
      parameters.add(call.weight("bias"));
    }
    parameters.add(call.weight("kernel"));
    return call.layer(config, LayerCall.scaled(activation, parameters));
  }
}
