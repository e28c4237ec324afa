package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CustomLayer;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layer knows; its mask follows Keras's default of {@code compute_mask}. */
final class CustomLayerLowering implements Lowering<CustomLayer> {

  @Override
  public Lowered lower(CustomLayer layer, LoweringContext context) {
    List<Value> outputs = layer.lower(context);
    @Nullable Value mask = layer.supportsMasking() ? context.mask() : null;
    return new Lowered(outputs, Collections.nCopies(outputs.size(), mask));
  }
}
