package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.StochasticDepth;

/** StochasticDepth to an ActivationLayer that changes nothing: DL4J drops no whole samples. */
final class StochasticDepthWriter implements LayerWriter<StochasticDepth> {

  @Override
  public ChannelRule channels(StochasticDepth layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(StochasticDepth layer, LayerCall call) {
    call.drops("drops whole samples in training, DL4J none", "rate " + layer.dropPathRate());
    return call.identity();
  }
}
