package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.ThresholdedRelu;

/** ThresholdedReLU to ActivationLayer. */
final class ThresholdedReluWriter implements LayerWriter<ThresholdedRelu> {

  @Override
  public ChannelRule channels(ThresholdedRelu layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(ThresholdedRelu layer, LayerCall call) {
    return call.layer(LayerTemplates.activation(Activations.thresholdedRelu(layer.theta())));
  }
}
