package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.SpectralNormalization;
import java.util.List;

/** The inner layer; what Keras does to its kernel it does in training only. */
final class SpectralNormalizationLowering implements Lowering<SpectralNormalization> {

  @Override
  public Lowered lower(SpectralNormalization layer, LoweringContext context) {
    return context.lowerChild(
        SpectralNormalization.INNER, context.inputs(), context.masks(), List.of());
  }
}
