package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.SpectralNormalization;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;

/** The inner layer; what Keras does to its kernel it does in training only. */
final class SpectralNormalizationLowering implements Lowering<SpectralNormalization> {

  @Override
  public Lowered lower(SpectralNormalization layer, LoweringContext context) {
    Lowered inner =
        context.lowerChild(
            SpectralNormalization.INNER, context.inputs(), context.masks(), List.of());
    DataType dtype = context.input().type().dtype();
    return new Lowered(List.of(context.cast(inner.outputs().get(0), dtype)), inner.masks());
  }
}
