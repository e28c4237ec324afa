package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.layer.Dropout;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.TimeDistributed;
import io.github.weighbridge.core.op.Reduce;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch and time in one axis, the inner layer, and apart again. A mask that reaches into the steps
 * goes to the inner layer.
 */
final class TimeDistributedLowering implements Lowering<TimeDistributed> {

  @Override
  public Lowered lower(TimeDistributed layer, LoweringContext context) {
    Value x = context.input();
    if (context.inner(TimeDistributed.INNER).quantization() != null) {
      throw context.unsupported(
          "must have no quantised inner layer, whose kernel Keras (3.15) does not scale there",
          "a quantised " + LayerCatalog.className(context.child(TimeDistributed.INNER)));
    }
    if (worksOnLastAxis(context.child(TimeDistributed.INNER)) && x.type().rank() > 2) {
      Lowered inner =
          context.lowerChild(
              TimeDistributed.INNER, List.of(x), Collections.singletonList(null), List.of());
      return context.passMask(inner.output());
    }
    Value steps = TimeAxis.joined(context, "steps", x);
    Value mask = context.mask();
    Value inside =
        mask == null || mask.type().rank() < 3
            ? null
            : TimeAxis.joined(context, "step_masks", mask);
    Lowered inner =
        context.lowerChild(
            TimeDistributed.INNER, List.of(steps), Collections.singletonList(inside), List.of());
    Value y = TimeAxis.apart(context, "apart", inner.output(), x);
    return layer.masksWithin()
        ? Lowered.of(y, outside(context, mask, inner.masks().get(0), x))
        : context.passMask(y);
  }

  /** The mask of the inner layer, or that of the steps: one counts where anything within does. */
  private static @Nullable Value outside(
      LoweringContext context, @Nullable Value mask, @Nullable Value inner, Value x) {
    if (inner != null) {
      return TimeAxis.apart(context, "masks", inner, x);
    }
    if (mask == null || mask.type().rank() < 3) {
      return mask;
    }
    List<Integer> within = new ArrayList<>();
    for (int axis = 2; axis < mask.type().rank(); axis++) {
      within.add(axis);
    }
    return context.add("counting", new Reduce(Reduce.Function.ANY, within, false), mask);
  }

  /** Layers that treat every axis before the last alike need no reshape. */
  private static boolean worksOnLastAxis(Layer layer) {
    return layer instanceof Dense || layer instanceof ActivationLayer || layer instanceof Dropout;
  }
}
