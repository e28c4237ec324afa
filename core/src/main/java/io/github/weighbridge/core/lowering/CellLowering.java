package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.op.Unsqueeze;
import java.util.ArrayList;
import java.util.List;

/** A cell, or a stack of cells, that is called by itself: {@link RecurrentCells} over one step. */
final class CellLowering<L extends Layer> implements Lowering<L> {

  @Override
  public Lowered lower(L layer, LoweringContext context) {
    RecurrentCells cells = RecurrentCells.of(layer, context);
    Value step = context.add("step", new Unsqueeze(List.of(1)), context.inputs().get(0));
    RecurrentCells.Run run = cells.over(step, null, context.values("states", 1), false);
    List<Value> outputs = new ArrayList<>(List.of(run.last()));
    outputs.addAll(run.states());
    return Lowered.of(outputs);
  }
}
