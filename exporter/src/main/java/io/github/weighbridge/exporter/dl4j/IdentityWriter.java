package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Identity;

/** Identity to an ActivationLayer that changes nothing. */
final class IdentityWriter implements LayerWriter<Identity> {

  @Override
  public ChannelRule channels(Identity layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(Identity layer, LayerCall call) {
    return call.identity();
  }
}
