package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.RecurrentLayer;
import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.CumSum;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What LSTM, GRU and SimpleRNN have in common: one {@code Recurrent} operation.
 *
 * <p>A masked step leaves the state as it is, so only the steps that count are run: they are moved
 * to the front in their order, run with their number as length, and moved back. That is exact for
 * any mask. A masked step returns the output of the step before (zero before the first), or zero.
 */
final class RecurrentLowering {

  private RecurrentLowering() {}

  /**
   * Lowers a recurrent layer.
   *
   * @param zeroMasked whether masked steps return zero
   */
  static Lowered lower(
      RecurrentLayer layer,
      Recurrent.Cell cell,
      Activation recurrentActivation,
      boolean resetAfter,
      boolean zeroMasked,
      LoweringContext context) {
    Recurrent op =
        new Recurrent(
            cell,
            layer.units(),
            unary(context, layer.activation()),
            unary(context, recurrentActivation),
            false,
            resetAfter);
    List<Value> states = states(context);
    Value mask = context.countingMask(states.isEmpty() || layer.maskedWithState());
    return mask == null
        ? unmasked(layer, op, states, context)
        : masked(layer, op, states, mask, zeroMasked, context);
  }

  private static Unary unary(LoweringContext context, Activation activation) {
    return Activations.unary(activation)
        .orElseThrow(
            () ->
                context.unsupported(
                    "the activation of a recurrent layer must be a function of one number",
                    "'" + activation.name() + "'"));
  }

  /** The first states: a keyword, the second argument, or further inputs beside the sequence. */
  private static List<Value> states(LoweringContext context) {
    List<Value> given = context.values("initial_state", 1);
    return given.isEmpty() ? context.inputs().subList(1, context.inputs().size()) : given;
  }

  private static Lowered unmasked(
      RecurrentLayer layer, Recurrent op, List<Value> states, LoweringContext context) {
    Recurrent directed =
        new Recurrent(
            op.cell(),
            op.units(),
            op.activation(),
            op.recurrentActivation(),
            layer.goBackwards(),
            op.resetAfter());
    List<Value> results = run(layer, directed, context.inputs().get(0), null, states, context);
    Value sequence = results.get(0);
    if (layer.returnSequences() && layer.goBackwards()) {
      // Keras returns the steps in the order in which it took them.
      sequence = context.add("taken", Slice.reversed(1), sequence);
    }
    return returned(
        layer, layer.returnSequences() ? sequence : results.get(1), results, context.mask());
  }

  private static Lowered masked(
      RecurrentLayer layer,
      Recurrent op,
      List<Value> states,
      Value mask,
      boolean zeroMasked,
      LoweringContext context) {
    Value x = context.inputs().get(0);
    Value counts = mask;
    if (layer.goBackwards()) {
      x = context.add("reversed", Slice.reversed(1), x);
      counts = context.add("reversed_mask", Slice.reversed(1), mask);
    }
    Value ones = context.add("ones", new Cast(DataType.INT32), counts);
    Value length = context.add("length", new Reduce(Reduce.Function.SUM, List.of(1), false), ones);
    Value order = context.add("order", new ArgSort(1, true), ones);
    Value front = context.add("front", new Gather(1, 1), x, order);
    List<Value> results = run(layer, op, front, length, states, context);
    if (!layer.returnSequences()) {
      return returned(layer, results.get(1), results, null);
    }
    Value taken = context.add("taken", new CumSum(1), ones);
    Value one = context.scalar("one", DataType.INT32, 1);
    Value last =
        context.binary(
            BinaryFunction.MAXIMUM, context.binary(BinaryFunction.SUBTRACT, taken, one), 0);
    Value back = context.add("back", new Gather(1, 1), results.get(0), last);
    Value shown = zeroMasked ? counts : context.binary(BinaryFunction.GREATER, taken, 0);
    Value column = context.add("shown", new Unsqueeze(List.of(2)), shown);
    Value zero = context.scalar("zero", back.type().dtype(), 0);
    Value sequence = context.add("sequence", new Where(), column, back, zero);
    return returned(layer, sequence, results, mask);
  }

  private static List<Value> run(
      RecurrentLayer layer,
      Recurrent op,
      Value x,
      @Nullable Value length,
      List<Value> states,
      LoweringContext context) {
    return context.addAll(
        "run",
        op,
        x,
        context.weight("kernel"),
        context.weight("recurrent_kernel"),
        layer.useBias() ? context.weight("bias") : null,
        length,
        states.isEmpty() ? null : states.get(0),
        states.size() < 2 ? null : states.get(1));
  }

  private static Lowered returned(
      RecurrentLayer layer, Value output, List<Value> results, @Nullable Value mask) {
    List<Value> outputs = new ArrayList<>();
    List<@Nullable Value> masks = new ArrayList<>();
    outputs.add(output);
    masks.add(layer.returnSequences() ? mask : null);
    for (int i = 0; layer.returnState() && i < layer.stateCount(); i++) {
      outputs.add(results.get(1 + i));
      masks.add(null);
    }
    return new Lowered(outputs, masks);
  }
}
