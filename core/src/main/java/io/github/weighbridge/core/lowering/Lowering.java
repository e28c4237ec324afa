package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.Layer;

/** Says a layer in operations. Stateless. */
interface Lowering<L extends Layer> {

  /**
   * Adds the operations of one call.
   *
   * @throws Refusal for what has no operations, made by the context
   * @throws IllegalArgumentException if the inputs do not fit
   */
  Lowered lower(L layer, LoweringContext context);
}
