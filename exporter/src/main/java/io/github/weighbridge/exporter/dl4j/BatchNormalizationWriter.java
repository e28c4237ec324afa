package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.BatchNormalization;
import io.github.weighbridge.core.tensor.WeightRef;

/** BatchNormalization. */
final class BatchNormalizationWriter implements LayerWriter<BatchNormalization> {

  @Override
  public ChannelRule channels(BatchNormalization layer, int rank) {
    return ChannelNormalization.channels(rank);
  }

  @Override
  public String write(BatchNormalization layer, LayerCall call) {
    int rank = call.inputShape().rank();
    WeightRef mean = call.weight("moving_mean");
    if (call.decaysWeights() && (layer.scale() || layer.center())) {
      call.drops("is left out of the decay of weights in DL4J", "gamma and beta");
    }
    if (layer.scale() != layer.center()) {
      call.drops("trains gamma as well as beta", layer.scale() ? "center=False" : "scale=False");
    }
    return new ChannelNormalization(
            !layer.scale() && !layer.center(),
            layer.scale() ? call.weight("gamma") : WeightRef.filled(mean.dtype(), 1, mean.count()),
            layer.center() ? call.weight("beta") : WeightRef.filled(mean.dtype(), 0, mean.count()),
            mean,
            call.weight("moving_variance"),
            layer.epsilon(),
            layer.momentum())
        .write(call, call.axis(layer.axis() < 0 ? layer.axis() + rank : layer.axis()));
  }
}
