package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.SeparableConvolution;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;

/**
 * SeparableConv1D and 2D to SeparableConvolution2D. Parameters: bias, depthwise kernel {@code
 * [multiplier, in, kh, kw]}, pointwise kernel {@code [out, in multiplier, 1, 1]}.
 */
final class SeparableConvolutionWriter implements LayerWriter<SeparableConvolution> {

  @Override
  public ChannelRule channels(SeparableConvolution layer, int rank) {
    return ChannelRule.of(layer.dataFormat(), layer.activation());
  }

  @Override
  public String write(SeparableConvolution layer, LayerCall call) {
    call.require(
        layer.padding() != WindowPadding.CAUSAL, "must not have causal padding", layer.padding());
    return layer.rank() == 2
        ? image(layer, call)
        : Lifted.write(call, layer.dataFormat(), lifted -> image(lift(layer), lifted));
  }

  private static SeparableConvolution lift(SeparableConvolution layer) {
    return new SeparableConvolution(
        layer.filters(),
        Lifted.with(1, layer.kernelSize()),
        Lifted.with(1, layer.strides()),
        layer.padding(),
        layer.dataFormat(),
        Lifted.with(1, layer.dilationRate()),
        layer.depthMultiplier(),
        layer.activation(),
        layer.useBias(),
        layer.depthwiseInitializer(),
        layer.pointwiseInitializer(),
        layer.biasInitializer(),
        layer.depthwiseRegularizer(),
        layer.pointwiseRegularizer(),
        layer.biasRegularizer(),
        layer.activityRegularizer(),
        layer.depthwiseConstraint(),
        layer.pointwiseConstraint(),
        layer.biasConstraint());
  }

  private static String image(SeparableConvolution layer, LayerCall call) {
    Activations.Mapped activation = call.activation(layer.activation());
    Window window =
        Window.of(
            layer.kernelSize(),
            layer.strides(),
            layer.dilationRate(),
            layer.padding(),
            call.format(layer.dataFormat()));
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
