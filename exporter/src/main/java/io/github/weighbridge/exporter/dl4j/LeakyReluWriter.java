package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.LeakyRelu;

/** LeakyReLU to ActivationLayer. */
final class LeakyReluWriter implements LayerWriter<LeakyRelu> {

  @Override
  public ChannelRule channels(LeakyRelu layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(LeakyRelu layer, LayerCall call) {
    return call.layer(LayerTemplates.activation(Activations.leakyRelu(layer.negativeSlope())));
  }
}
