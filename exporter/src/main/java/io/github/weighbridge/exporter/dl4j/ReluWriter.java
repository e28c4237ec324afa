package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Relu;

/** ReLU to ActivationLayer. */
final class ReluWriter implements LayerWriter<Relu> {

  @Override
  public ChannelRule channels(Relu layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(Relu layer, LayerCall call) {
    return call.layer(
        LayerTemplates.activation(
            Activations.relu(layer.maxValue(), layer.negativeSlope(), layer.threshold())));
  }
}
