package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Permute;

/** Permute to a preprocessor. */
final class PermuteWriter implements LayerWriter<Permute> {

  @Override
  public String write(Permute layer, LayerCall call) {
    return call.preProcessed(
        PreProcessors.permute(layer.dims().stream().mapToInt(Integer::intValue).toArray()));
  }
}
