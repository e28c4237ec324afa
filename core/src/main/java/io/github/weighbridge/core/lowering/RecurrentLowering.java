package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rnn;
import io.github.weighbridge.core.layer.StepLoop;
import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Transpose;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LSTM, GRU, SimpleRNN and RNN: {@link RecurrentCells} over the steps.
 *
 * <p>A masked step leaves the state as it is, so only the steps that count are run: they are moved
 * to the front in their order, run with their number as length, and moved back. That is exact for
 * any mask. What a masked step returns, {@link StepMask} says.
 */
final class RecurrentLowering<L extends StepLoop> implements Lowering<L> {

  private static final Transpose TIME_AND_BATCH = new Transpose(List.of(1, 0, 2));

  @Override
  public Lowered lower(L layer, LoweringContext context) {
    List<Value> states = context.initialStates();
    Value mask = context.countingMask(states.isEmpty() || layer.maskedWithState());
    Value x = context.inputs().get(0);
    if (layer.timeMajor()) {
      x = context.add("batch_first", TIME_AND_BATCH, x);
      mask = mask == null ? null : context.add("mask", new Transpose(List.of(1, 0)), mask);
    }
    RecurrentCells cells =
        layer instanceof Rnn
            ? RecurrentCells.of(context.child(Rnn.CELL), context.inner(Rnn.CELL))
            : RecurrentCells.of(layer, context);
    RecurrentCells.Run run =
        mask == null
            ? unmasked(layer, cells, x, states, context)
            : masked(layer, cells, x, StepMask.of(layer, mask, context), states, context);
    return returned(layer, run, context);
  }

  private static RecurrentCells.Run unmasked(
      StepLoop layer, RecurrentCells cells, Value x, List<Value> states, LoweringContext context) {
    RecurrentCells.Run run = cells.over(x, null, states, layer.goBackwards());
    if (!layer.returnSequences() || !layer.goBackwards()) {
      return run;
    }
    // Keras returns the steps in the order in which it took them.
    Value taken = context.add("taken", Slice.reversed(1), run.sequence());
    return new RecurrentCells.Run(taken, run.last(), run.states());
  }

  private static RecurrentCells.Run masked(
      StepLoop layer,
      RecurrentCells cells,
      Value x,
      StepMask mask,
      List<Value> states,
      LoweringContext context) {
    Value taken = layer.goBackwards() ? context.add("reversed", Slice.reversed(1), x) : x;
    Value length = mask.length();
    Value order = context.add("order", new ArgSort(1, true), mask.ones());
    Value front = context.add("front", new Gather(1, 1), taken, order);
    RecurrentCells.Run run = cells.over(front, length, states, false);
    if (!layer.returnSequences()) {
      return new RecurrentCells.Run(run.sequence(), mask.last(run.last()), run.states());
    }
    Value back = context.add("back", new Gather(1, 1), run.sequence(), mask.lastCounting());
    return new RecurrentCells.Run(mask.sequence(back), run.last(), run.states());
  }

  private static Lowered returned(StepLoop layer, RecurrentCells.Run run, LoweringContext context) {
    Value output = layer.returnSequences() ? run.sequence() : run.last();
    if (layer.returnSequences() && layer.timeMajor()) {
      output = context.add("time_first", TIME_AND_BATCH, output);
    }
    return returned(layer, output, run.states(), context);
  }

  /** What a loop over steps returns: its output, masked as the sequence is, and its states. */
  static Lowered returned(
      StepLoop layer, Value output, List<Value> states, LoweringContext context) {
    List<Value> outputs = new ArrayList<>();
    List<@Nullable Value> masks = new ArrayList<>();
    outputs.add(context.cast(output, context.computeType()));
    masks.add(layer.returnSequences() ? context.mask() : null);
    for (Value state : layer.returnState() ? states : List.<Value>of()) {
      outputs.add(context.cast(state, context.computeType()));
      masks.add(null);
    }
    return new Lowered(outputs, masks);
  }
}
