package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A float32 recurrence, step by step: one product of all inputs with the kernel before, one of all
 * states with the recurrent kernel per step, the gates in Java.
 */
final class RecurrentLoop implements Task {

  private final Task inputProduct;
  private final Task stateProduct;

  /** The product that only a GRU with the reset gate before it has; else null. */
  private final @Nullable Task resetProduct;

  private final RecurrentCell cell;
  private final int batch;
  private final int time;
  private final int units;
  private final int width;
  private final boolean reverse;

  private final @Nullable NativeArray lengths;
  private final @Nullable NativeArray initialState;
  private final @Nullable NativeArray initialCell;
  private final StepArrays arrays;
  private final NativeArray inputs;
  private final NativeArray states;
  private final NativeArray products;
  private final Task clear;

  private final float[] fromInput;
  private final float[] fromState;
  private final int[] counts;

  RecurrentLoop(Recurrent op, StepArrays arrays) {
    this.arrays = arrays;
    this.batch = Math.toIntExact(arrays.input(0).size(0));
    this.time = Math.toIntExact(arrays.input(0).size(1));
    this.units = op.units();
    this.width = op.cell().gates() * units;
    this.reverse = op.reverse();
    this.lengths = arrays.inputOrNull(4);
    this.initialState = arrays.inputOrNull(5);
    this.initialCell = arrays.inputOrNull(6);
    this.inputs = arrays.scratch(0);
    this.states = arrays.scratch(1);
    this.products = arrays.scratch(2);
    this.clear = Fill.zeros(arrays.output(0));
    this.inputProduct = inputProduct(op);
    this.stateProduct = MatMulKernel.product(states, arrays.input(2), products);
    this.resetProduct = resetsBefore(op) ? resetProduct() : null;
    this.cell = RecurrentCell.of(op, batch);
    this.fromInput = new float[width];
    this.fromState = new float[width];
    this.counts = new int[batch];
  }

  /** The products, and what the reset gate needs: states, candidate kernel, their product. */
  static List<TensorType> scratch(Recurrent op, StepTypes types) {
    long batch = types.sizes(0)[0];
    long units = op.units();
    long width = op.cell().gates() * units;
    TensorType perStep = TensorType.of(DataType.FLOAT32, batch, units);
    TensorType inputs = TensorType.of(DataType.FLOAT32, batch, types.sizes(0)[1], width);
    TensorType products = TensorType.of(DataType.FLOAT32, batch, width);
    return resetsBefore(op)
        ? List.of(
            inputs,
            perStep,
            products,
            perStep,
            TensorType.of(DataType.FLOAT32, units, units),
            perStep)
        : List.of(inputs, perStep, products);
  }

  private static boolean resetsBefore(Recurrent op) {
    return op.cell() == Recurrent.Cell.GRU && !op.resetAfter();
  }

  private Task inputProduct(Recurrent op) {
    NativeArray bias = arrays.inputOrNull(3);
    NativeArray own = bias != null && bias.rank() == 2 ? bias.part(0, width) : bias;
    Task product = MatMulKernel.product(arrays.input(0), arrays.input(1), inputs);
    Task biased = Task.sequence(product, BinaryKernel.addBias(inputs, own));
    if (!resetsBefore(op)) {
      return biased;
    }
    int[][] candidate = AxisCopy.whole(arrays.scratch(4));
    candidate[1] = AxisCopy.sequence(2L * units, 1, units);
    return Task.sequence(biased, AxisCopy.gathering(arrays.input(2), arrays.scratch(4), candidate));
  }

  private Task resetProduct() {
    return MatMulKernel.product(arrays.scratch(3), arrays.scratch(4), arrays.scratch(5));
  }

  @Override
  public void run() {
    inputProduct.run();
    start();
    int steps = Arrays.stream(counts).max().orElse(0);
    for (int step = 0; step < steps; step++) {
      states.floats().put(0, cell.states());
      stateProduct.run();
      for (int row = 0; row < batch; row++) {
        if (step < counts[row]) {
          begin(row, step);
        }
      }
      if (resetProduct != null) {
        reset(step);
      }
    }
    arrays.output(1).floats().put(0, cell.states());
    if (arrays.outputs().size() > 2) {
      arrays.output(2).floats().put(0, cell.cells());
    }
  }

  /** Takes the initial states, the recurrent bias and the lengths of this run. */
  private void start() {
    load(initialState, cell.states());
    load(initialCell, cell.cells());
    NativeArray bias = arrays.inputOrNull(3);
    if (bias != null && bias.rank() == 2) {
      bias.floats().get(width, cell.recurrentBias());
    }
    Arrays.fill(counts, time);
    if (lengths != null) {
      for (int row = 0; row < batch; row++) {
        counts[row] = (int) Math.max(0, Math.min(time, lengths.getLong(row)));
      }
      clear.run();
    }
  }

  private static void load(@Nullable NativeArray source, float[] target) {
    if (source == null) {
      Arrays.fill(target, 0);
    } else {
      source.floats().get(0, target);
    }
  }

  /** A row's step; for a cell that resets before its product, the part up to that. */
  private void begin(int row, int step) {
    inputs.floats().get((row * time + position(row, step)) * width, fromInput);
    products.floats().get(row * width, fromState);
    cell.step(row, fromInput, fromState);
    if (resetProduct == null) {
      store(row, step);
    }
  }

  private void reset(int step) {
    arrays.scratch(3).floats().put(0, cell.resetStates());
    Task product = resetProduct;
    if (product != null) {
      product.run();
    }
    for (int row = 0; row < batch; row++) {
      if (step < counts[row]) {
        arrays.scratch(5).floats().get(row * units, fromState, 0, units);
        cell.finish(row, fromState);
        store(row, step);
      }
    }
  }

  private int position(int row, int step) {
    return reverse ? counts[row] - 1 - step : step;
  }

  private void store(int row, int step) {
    int target = (row * time + position(row, step)) * units;
    arrays.output(0).floats().put(target, cell.states(), row * units, units);
  }

  @Override
  public void close() {
    inputProduct.close();
    stateProduct.close();
    if (resetProduct != null) {
      resetProduct.close();
    }
  }
}
