package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.ActivityRegularization;

/** ActivityRegularization to nothing: it adds to the loss only. */
final class ActivityRegularizationWriter implements LayerWriter<ActivityRegularization> {

  @Override
  public ChannelRule channels(ActivityRegularization layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(ActivityRegularization layer, LayerCall call) {
    call.drops("adds to the loss in training, which DL4J has no layer for", layer);
    return call.identity();
  }
}
