package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.Pipeline;
import java.util.List;

/** Layer by layer; each gets the mask that the one before gave. */
final class PipelineLowering implements Lowering<Pipeline> {

  @Override
  public Lowered lower(Pipeline layer, LoweringContext context) {
    Lowered result = new Lowered(context.inputs(), context.masks());
    for (int i = 0; i < context.children().size(); i++) {
      result = context.lowerChild(Pipeline.layer(i), result.outputs(), result.masks(), List.of());
    }
    return result;
  }
}
