package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.DepthwiseConvolution;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;

/**
 * DepthwiseConv1D and 2D to DepthwiseConvolution2D. Parameters: bias, then the kernel as Keras has
 * it.
 */
final class DepthwiseConvolutionWriter implements LayerWriter<DepthwiseConvolution> {

  @Override
  public ChannelRule channels(DepthwiseConvolution layer, int rank) {
    return ChannelRule.of(layer.dataFormat(), layer.activation());
  }

  @Override
  public String write(DepthwiseConvolution layer, LayerCall call) {
    if (layer.padding() == WindowPadding.HALF) {
      return call.refuse(Window.NOT_HALF, layer.padding());
    }
    call.require(
        layer.padding() != WindowPadding.CAUSAL, "must not have causal padding", layer.padding());
    return layer.rank() == 2
        ? image(layer, call)
        : Lifted.write(call, layer.dataFormat(), lifted -> image(lift(layer), lifted));
  }

  private static DepthwiseConvolution lift(DepthwiseConvolution layer) {
    return new DepthwiseConvolution(
        Lifted.with(1, layer.kernelSize()),
        Lifted.with(1, layer.strides()),
        layer.padding(),
        layer.depthMultiplier(),
        layer.dataFormat(),
        Lifted.with(1, layer.dilationRate()),
        layer.activation(),
        layer.useBias(),
        layer.depthwiseInitializer(),
        layer.biasInitializer(),
        layer.depthwiseRegularizer(),
        layer.biasRegularizer(),
        layer.activityRegularizer(),
        layer.depthwiseConstraint(),
        layer.biasConstraint());
  }

  private static String image(DepthwiseConvolution layer, LayerCall call) {
    call.warnOfDilation(layer.dilationRate());
    Activations.Mapped activation = call.activation(layer.activation());
    Window window =
        Window.of(
            layer.kernelSize(),
            layer.strides(),
            layer.dilationRate(),
            layer.padding(),
            call.format(layer.dataFormat()));
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
