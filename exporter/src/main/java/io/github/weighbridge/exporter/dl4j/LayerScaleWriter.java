package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.LayerScale;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;

/** LayerScale to BatchNormalization of mean 0 and variance 1. */
final class LayerScaleWriter implements LayerWriter<LayerScale> {

  @Override
  public ChannelRule channels(LayerScale layer, int rank) {
    return ChannelNormalization.channels(rank);
  }

  @Override
  public String write(LayerScale layer, LayerCall call) {
    call.drops(
        "is a BatchNormalization in DL4J, which normalises by the batch in training", "gamma");
    long size = layer.projectionDim();
    WeightRef zeros = WeightRef.filled(DataType.FLOAT32, 0, size);
    WeightRef ones = WeightRef.filled(DataType.FLOAT32, 1, size);
    return new ChannelNormalization(false, call.weight("gamma"), zeros, zeros, ones, 0, 1)
        .write(call, call.axis(call.inputShape().rank() - 1));
  }
}
