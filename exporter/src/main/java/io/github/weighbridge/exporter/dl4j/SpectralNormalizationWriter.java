package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.SpectralNormalization;

/** SpectralNormalization to what its inner layer becomes. */
final class SpectralNormalizationWriter implements LayerWriter<SpectralNormalization> {

  @Override
  public String write(SpectralNormalization layer, LayerCall call) {
    boolean whole = !call.inputs().get(0).type().dtype().isFloating();
    if (whole && layer.castsOutput()) {
      return call.refuse("must not give whole numbers", call.inputs().get(0).type().dtype());
    }
    call.drops(
        "is trained without spectral normalization in DL4J",
        layer.powerIterations() + " power iterations");
    return call.translation()
        .write(call.translation().childCall(call, SpectralNormalization.INNER));
  }
}
