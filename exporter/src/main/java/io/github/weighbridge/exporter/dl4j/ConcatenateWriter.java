package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Concatenate;

/** Concatenate to MergeVertex. */
final class ConcatenateWriter implements LayerWriter<Concatenate> {

  @Override
  public ChannelRule channels(Concatenate layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(Concatenate layer, LayerCall call) {
    int axis = layer.axis() < 0 ? layer.axis() + call.inputShape().rank() : layer.axis();
    return call.network().vertex(call.name(), Vertices.merge(call.axis(axis)), call.inputNames());
  }
}
