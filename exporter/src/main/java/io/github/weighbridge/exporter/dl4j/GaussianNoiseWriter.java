package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.GaussianNoise;

/** GaussianNoise to DropoutLayer. */
final class GaussianNoiseWriter implements LayerWriter<GaussianNoise> {

  @Override
  public ChannelRule channels(GaussianNoise layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(GaussianNoise layer, LayerCall call) {
    return DropoutWriter.write(
        Dl4jObject.of("org.deeplearning4j.nn.conf.dropout.GaussianNoise")
            .with("stddev", layer.stddev())
            .with("stddevSchedule", null)
            .tree(),
        call);
  }
}
