package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Elu;

/** ELU to ActivationLayer. */
final class EluWriter implements LayerWriter<Elu> {

  @Override
  public ChannelRule channels(Elu layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(Elu layer, LayerCall call) {
    return call.layer(LayerTemplates.activation(Activations.elu(layer.alpha())));
  }
}
