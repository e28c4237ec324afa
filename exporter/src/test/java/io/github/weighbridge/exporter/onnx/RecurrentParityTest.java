package io.github.weighbridge.exporter.onnx;

import static io.github.weighbridge.core.tensor.DataType.FLOAT32;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.op.Recurrent.Cell;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Recurrent layers: every cell, direction, optional operand and activation. */
class RecurrentParityTest {

  private static final Unary TANH = Unary.of(UnaryFunction.TANH);
  private static final Unary SIGMOID = Unary.of(UnaryFunction.SIGMOID);

  @TempDir Path folder;

  /** What is varied, besides sizes. */
  private record Row(
      Cell cell,
      boolean reverse,
      boolean resetAfter,
      boolean lengths,
      boolean states,
      boolean bias,
      boolean open,
      Unary activation,
      Unary gates) {

    String name() {
      return cell
          + (reverse ? " reverse" : "")
          + (resetAfter ? " resetAfter" : "")
          + (lengths ? " lengths" : "")
          + (states ? " states" : "")
          + (bias ? " bias" : "")
          + (open ? " open" : "")
          + " "
          + activation
          + " "
          + gates;
    }
  }

  @TestFactory
  Stream<DynamicTest> recurrent() {
    List<Row> rows = new ArrayList<>();
    for (int bits = 0; bits < 64; bits++) {
      for (Cell cell : Cell.values()) {
        boolean resetAfter = (bits & 32) != 0;
        if (cell == Cell.GRU || !resetAfter) {
          // silu is what the operators lack.
          Unary activation = (bits & 16) == 0 ? TANH : Unary.of(UnaryFunction.SILU);
          rows.add(
              new Row(
                  cell,
                  (bits & 1) != 0,
                  resetAfter,
                  (bits & 2) != 0,
                  (bits & 4) != 0,
                  (bits & 8) != 0,
                  (bits & 1) == 0,
                  activation,
                  SIGMOID));
        }
      }
    }
    for (Cell cell : Cell.values()) {
      for (Unary activation : activations()) {
        rows.add(new Row(cell, false, false, false, false, true, false, activation, SIGMOID));
        Unary gates = new Unary(UnaryFunction.HARD_SIGMOID, 1.0 / 6, 0.5);
        rows.add(new Row(cell, true, true, true, true, true, true, activation, gates));
      }
      for (Unary gates : activations()) {
        rows.add(new Row(cell, false, true, false, false, true, false, TANH, gates));
      }
    }
    return Parity.tests(folder, rows.stream(), Row::name, row -> s -> build(row, s));
  }

  @TestFactory
  Stream<DynamicTest> computedWeights() {
    Unary silu = Unary.of(UnaryFunction.SILU);
    return Parity.tests(
        folder,
        Stream.of(Cell.values()).flatMap(c -> Stream.of(TANH, silu).map(a -> new Computed(c, a))),
        Computed::toString,
        c -> s -> computed(c, s));
  }

  /** Kernels and bias that come from outside, as those of a layer that makes weights. */
  private record Computed(Cell cell, Unary activation) {}

  private static void computed(Computed row, Sample s) {
    int units = 3;
    long width = (long) row.cell().gates() * units;
    Unary gates = row.cell() == Cell.SIMPLE ? Unary.of(UnaryFunction.IDENTITY) : SIGMOID;
    boolean both = row.cell() == Cell.GRU && s.random.nextBoolean();
    s.output(
        new Recurrent(row.cell(), units, row.activation(), gates, false, both),
        s.floats(2, 3, 2),
        s.floats(2, width),
        s.floats(units, width),
        both ? s.floats(2, width) : s.floats(width));
  }

  /** The recurrent operators' own softplus is infinite from 89 on. */
  @Test
  void largeNumbersInSoftplus() throws Exception {
    Sample s = new Sample(new Random(1));
    Unary softplus = Unary.of(UnaryFunction.SOFTPLUS);
    Unary identity = Unary.of(UnaryFunction.IDENTITY);
    s.output(
            new Recurrent(Cell.SIMPLE, 1, softplus, identity, false, false),
            s.input(Tensor.filled(FLOAT32, 100, 1, 3, 1)),
            s.builder.constant("kernel", Tensor.filled(FLOAT32, 1, 1, 1)),
            s.builder.constant("recurrent", Tensor.filled(FLOAT32, 0.5, 1, 1)))
        .check(folder, 17, Parity.TOLERANCE);
  }

  private static List<Unary> activations() {
    return List.of(
        Unary.of(UnaryFunction.IDENTITY),
        Unary.of(UnaryFunction.RELU),
        Unary.of(UnaryFunction.LEAKY_RELU, 0.3),
        Unary.of(UnaryFunction.ELU, 0.8),
        Unary.of(UnaryFunction.SOFTPLUS),
        Unary.of(UnaryFunction.SOFTSIGN),
        Unary.of(UnaryFunction.THRESHOLDED_RELU, 0.2),
        new Unary(UnaryFunction.HARD_SIGMOID, 0.2, 0.5),
        Unary.of(UnaryFunction.SELU),
        Unary.of(UnaryFunction.GELU),
        Unary.of(UnaryFunction.GELU_TANH),
        Unary.of(UnaryFunction.MISH),
        new Unary(UnaryFunction.CLIP, -1, 1));
  }

  private static void build(Row row, Sample s) {
    long batch = s.size(2, 3);
    int time = s.size(3, 6);
    int units = s.size(1, 4);
    long features = s.size(1, 5);
    long width = (long) row.cell().gates() * units;
    Tensor x = s.numbers(FLOAT32, batch, time, features);
    Value sequence = row.open() ? s.input(x, 0, 1) : s.input(x);
    // Recurrences that grow without a limit would multiply rounding errors, too.
    Value kernel = scaled(s, features, width);
    Value recurrent = scaled(s, units, width);
    boolean both = row.cell() == Cell.GRU && row.resetAfter();
    Value bias = row.bias() ? (both ? s.weight(2, width) : s.weight(width)) : null;
    Value lengths = row.lengths() ? lengths(s, (int) batch, time) : null;
    Value state = row.states() ? s.floats(batch, units) : null;
    Value cellState = row.states() && row.cell() == Cell.LSTM ? s.floats(batch, units) : null;
    Unary gates = row.cell() == Cell.SIMPLE ? Unary.of(UnaryFunction.IDENTITY) : row.gates();
    Recurrent op = new Recurrent(row.cell(), units, row.activation(), gates, row.reverse(), both);
    @Nullable Value[] operands = {sequence, kernel, recurrent, bias, lengths, state, cellState};
    s.output(op, operands);
  }

  private static Value scaled(Sample s, long rows, long columns) {
    float[] values = s.numbers(FLOAT32, rows, columns).floats();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 0.4f;
    }
    return s.builder.constant("kernel", Tensor.of(values, rows, columns));
  }

  /** The first sequence is empty, the second whole. */
  private static Value lengths(Sample s, int batch, int time) {
    int[] lengths = new int[batch];
    for (int b = 1; b < batch; b++) {
      lengths[b] = b == 1 ? time : s.size(1, time);
    }
    return s.input(Tensor.of(lengths, batch));
  }
}
