package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.RepeatVector;

/** RepeatVector to DL4J's own. */
final class RepeatVectorWriter implements LayerWriter<RepeatVector> {

  @Override
  public ChannelRule channels(RepeatVector layer, int rank) {
    return ChannelRule.LAST;
  }

  @Override
  public String write(RepeatVector layer, LayerCall call) {
    long size = call.inputShape().dim(1).size();
    return call.layer(
        call.templates()
            .feedForward("misc.RepeatVector", Activations.IDENTITY, size, size)
            .with("dataFormat", call.sequenceFormat())
            .with("n", layer.n()));
  }
}
