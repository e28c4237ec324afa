package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.SpectralNormalization;

/** SpectralNormalization to what its inner layer becomes. */
final class SpectralNormalizationWriter implements LayerWriter<SpectralNormalization> {

  @Override
  public String write(SpectralNormalization layer, LayerCall call) {
    call.drops(
        "is trained without spectral normalization in DL4J",
        layer.powerIterations() + " power iterations");
    return call.translation()
        .write(call.translation().childCall(call, SpectralNormalization.INNER));
  }
}
