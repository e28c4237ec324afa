package io.github.weighbridge.runtime.kernel;

import static io.github.weighbridge.runtime.Parity.check;
import static io.github.weighbridge.runtime.Parity.random;

import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecurrenceTest {

  private static final List<Unary> ACTIVATIONS =
      List.of(
          Unary.of(UnaryFunction.TANH),
          Unary.of(UnaryFunction.SIGMOID),
          Unary.of(UnaryFunction.RELU),
          new Unary(UnaryFunction.HARD_SIGMOID, 0.2, 0.5),
          Unary.of(UnaryFunction.IDENTITY),
          Unary.of(UnaryFunction.ELU, 1));

  @ParameterizedTest
  @EnumSource(Recurrent.Cell.class)
  void cells(Recurrent.Cell cell) {
    Random random = new Random(cell.gates());
    for (int i = 0; i < 60; i++) {
      boolean usual = random.nextBoolean();
      Unary activation = usual ? ACTIVATIONS.get(0) : ACTIVATIONS.get(random.nextInt(6));
      Unary gates = usual ? ACTIVATIONS.get(1) : ACTIVATIONS.get(random.nextInt(4));
      if (cell == Recurrent.Cell.SIMPLE) {
        gates = ACTIVATIONS.get(4);
      }
      boolean resetAfter = cell == Recurrent.Cell.GRU && random.nextBoolean();
      int units = 1 + random.nextInt(i == 0 ? 600 : 6);
      Recurrent op =
          new Recurrent(cell, units, activation, gates, random.nextBoolean(), resetAfter);
      check(op, operands(random, op).toArray(Tensor[]::new));
    }
  }

  /** Sizes of 1 are where lstmLayer is wrong. */
  @Test
  void smallLstms() {
    for (int i = 0; i < 81; i++) {
      int batch = 1 + i % 3;
      int time = 1 + i / 3 % 3;
      int features = 1 + i / 9 % 3;
      int units = 1 + i / 27;
      Recurrent op =
          new Recurrent(
              Recurrent.Cell.LSTM, units, ACTIVATIONS.get(0), ACTIVATIONS.get(1), false, false);
      check(
          op,
          random(1, batch, time, features),
          random(2, features, 4L * units),
          random(3, units, 4L * units),
          random(4, 4L * units));
    }
  }

  private static List<@Nullable Tensor> operands(Random random, Recurrent op) {
    int batch = 1 + random.nextInt(4);
    int time = 1 + random.nextInt(5);
    int features = 1 + random.nextInt(4);
    int units = op.units();
    int width = op.cell().gates() * units;
    DataType dtype = random.nextInt(5) == 0 ? DataType.FLOAT64 : DataType.FLOAT32;
    List<@Nullable Tensor> operands = new ArrayList<>();
    operands.add(scaled(random(1, batch, time, features), 1, dtype));
    operands.add(scaled(random(2, features, width), 0.5, dtype));
    operands.add(scaled(random(3, units, width), 0.5 / Math.sqrt(units), dtype));
    boolean bias = random.nextInt(4) > 0;
    Tensor vector = op.resetAfter() ? random(4, 2, width) : random(4, width);
    operands.add(bias ? vector.cast(dtype) : null);
    operands.add(random.nextInt(3) == 0 ? lengths(random, batch, time) : null);
    boolean states = random.nextBoolean();
    operands.add(states ? random(5, batch, units).cast(dtype) : null);
    if (op.cell() == Recurrent.Cell.LSTM) {
      operands.add(states ? random(6, batch, units).cast(dtype) : null);
    }
    return operands;
  }

  private static Tensor scaled(Tensor tensor, double factor, DataType dtype) {
    double[] values = tensor.doubles();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return Tensor.of(values, tensor.sizes()).cast(dtype);
  }

  private static Tensor lengths(Random random, int batch, int time) {
    int[] lengths = new int[batch];
    for (int i = 0; i < batch; i++) {
      lengths[i] = random.nextInt(time + 1);
    }
    return Tensor.of(lengths, batch);
  }
}
