package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.Gru;
import io.github.weighbridge.core.layer.GruCell;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Lstm;
import io.github.weighbridge.core.layer.LstmCell;
import io.github.weighbridge.core.layer.RecurrentUnits;
import io.github.weighbridge.core.layer.StackedRnnCells;
import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.op.Unary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells that a layer runs over its steps, from the first to the last: one {@code Recurrent}
 * operation each. A stack is run cell by cell instead of step by step, which is the same: a cell
 * sees nothing of those behind it.
 */
final class RecurrentCells {

  /** Units with the context in which their weights are found. */
  private record Cell(RecurrentUnits units, LoweringContext context) {}

  /**
   * What a run returns.
   *
   * @param sequence the outputs of all steps
   * @param states the last states, cell by cell
   */
  record Run(Value sequence, Value last, List<Value> states) {}

  private final List<Cell> cells = new ArrayList<>();

  private RecurrentCells() {}

  /** Those of a layer that is one, or a stack of them. */
  static RecurrentCells of(Layer layer, LoweringContext context) {
    RecurrentCells found = new RecurrentCells();
    found.collect(layer, context);
    return found;
  }

  private void collect(Layer layer, LoweringContext context) {
    if (layer instanceof RecurrentUnits units) {
      cells.add(new Cell(units, context));
    } else if (layer instanceof StackedRnnCells) {
      for (String name : context.children()) {
        collect(context.child(name), context.inner(name));
      }
    } else {
      // A class that is not known here says so itself.
      Lowerings.lower(layer, context);
      throw context.unsupported(
          "the cell must be LSTMCell, GRUCell, SimpleRNNCell or a stack of them",
          layer.getClass().getSimpleName());
    }
  }

  /** How many states there are in all. */
  int stateCount() {
    return cells.stream().mapToInt(cell -> cell.units().stateCount()).sum();
  }

  /**
   * Runs the cells over a sequence {@code [batch, time, features]}.
   *
   * @param length how many leading steps of each row count, or null for all
   * @param states the first states, cell by cell, or none for zeros
   * @param reverse whether the steps are taken from the last to the first
   */
  Run over(Value x, @Nullable Value length, List<Value> states, boolean reverse) {
    if (!states.isEmpty() && states.size() != stateCount()) {
      throw new IllegalArgumentException(
          "there are " + stateCount() + " states, got " + states.size() + " first ones");
    }
    Value sequence = x;
    Value last = x;
    List<Value> ends = new ArrayList<>();
    for (Cell cell : cells) {
      int count = cell.units().stateCount();
      List<Value> first =
          states.isEmpty() ? List.of() : states.subList(ends.size(), ends.size() + count);
      List<Value> results = run(cell, sequence, length, first, reverse);
      sequence = results.get(0);
      last = results.get(1);
      ends.addAll(results.subList(1, results.size()));
    }
    return new Run(sequence, last, ends);
  }

  private static List<Value> run(
      Cell cell, Value x, @Nullable Value length, List<Value> states, boolean reverse) {
    LoweringContext context = cell.context();
    List<Value> first = states.stream().map(s -> context.cast(s, context.computeType())).toList();
    return context.addAll(
        "run",
        operation(cell.units(), reverse, context),
        context.cast(x, context.computeType()),
        context.weight("kernel"),
        context.weight("recurrent_kernel"),
        cell.units().useBias() ? context.weight("bias") : null,
        length,
        first.isEmpty() ? null : first.get(0),
        first.size() < 2 ? null : first.get(1));
  }

  private static Recurrent operation(
      RecurrentUnits units, boolean reverse, LoweringContext context) {
    return new Recurrent(
        kind(units),
        units.units(),
        unary(context, units.activation()),
        unary(context, units.recurrentActivation()),
        reverse,
        units.resetAfter());
  }

  private static Recurrent.Cell kind(RecurrentUnits units) {
    if (units instanceof Lstm || units instanceof LstmCell) {
      return Recurrent.Cell.LSTM;
    }
    return units instanceof Gru || units instanceof GruCell
        ? Recurrent.Cell.GRU
        : Recurrent.Cell.SIMPLE;
  }

  private static Unary unary(LoweringContext context, Activation activation) {
    return Activations.unary(activation)
        .orElseThrow(
            () ->
                context.unsupported(
                    "the activation of a recurrent layer must be a function of one number",
                    "'" + activation.name() + "'"));
  }
}
