package io.github.weighbridge.runtime.kernel;

import static io.github.weighbridge.runtime.Parity.check;
import static io.github.weighbridge.runtime.Parity.random;
import static io.github.weighbridge.runtime.Parity.randomInts;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.ArgReduce;
import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.core.op.CumProd;
import io.github.weighbridge.core.op.GatherElements;
import io.github.weighbridge.core.op.GatherND;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.ScatterND;
import io.github.weighbridge.core.op.TopK;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.runtime.Session;
import io.github.weighbridge.runtime.SessionOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What finds elements by index, and what finds indices. */
class IndicesTest {

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {
        "BOOL",
        "INT8",
        "UINT8",
        "INT32",
        "INT64",
        "FLOAT16",
        "BFLOAT16",
        "FLOAT32",
        "FLOAT64"
      })
  void everyType(DataType dtype) {
    Tensor x = randomInts(1, 100, 3, 4, 5).cast(dtype);
    check(new GatherElements(1), x, randomInts(2, 4, 3, 6, 5));
    check(new GatherND(1), x, randomInts(2, 4, 3, 2, 1).cast(DataType.INT64));
    check(
        new ScatterND(ScatterND.Reduction.NONE),
        x,
        Tensor.of(new int[] {2, 1, 0, 3, 2, 1}, 3, 2),
        randomInts(3, 100, 3, 5).cast(dtype));
    if (dtype == DataType.BOOL) {
      return;
    }
    check(new TopK(1, 3, true), x);
    check(new ArgReduce(false, 1, false), x);
    check(new CumProd(1), randomInts(1, 3, 3, 4, 5).cast(dtype));
    for (ScatterND.Reduction reduction : ScatterND.Reduction.values()) {
      check(
          new ScatterND(reduction),
          randomInts(4, 6, 3, 4, 5).cast(dtype),
          Tensor.of(new int[] {2, 0, 2}, 3, 1),
          randomInts(3, 6, 3, 4, 5).cast(dtype));
    }
  }

  @Test
  void randomShapes() {
    Random random = new Random(7);
    for (int round = 0; round < 60; round++) {
      long[] sizes = new long[1 + random.nextInt(4)];
      Arrays.setAll(sizes, i -> 1L + random.nextInt(4));
      int axis = random.nextInt(sizes.length);
      int size = (int) sizes[axis];
      Tensor x = random(round, sizes);
      long[] taken = sizes.clone();
      taken[axis] = 1L + random.nextInt(6);
      check(new GatherElements(axis), x, randomInts(round, size, taken));
      check(new TopK(axis, 1 + random.nextInt(size), random.nextBoolean()), x);
      check(new ArgReduce(random.nextBoolean(), axis, random.nextBoolean()), x);
      check(new CumProd(axis), x);
      tuples(random, x, sizes);
    }
  }

  private static void tuples(Random random, Tensor x, long... sizes) {
    int batch = random.nextInt(sizes.length + 1);
    int width = random.nextInt(sizes.length - batch + 1);
    int bound = (int) Arrays.stream(sizes, batch, batch + width).min().orElse(1);
    long[] indexed = Arrays.copyOf(sizes, batch + 2);
    indexed[batch] = 1L + random.nextInt(3);
    indexed[batch + 1] = width;
    check(new GatherND(batch), x, randomInts(1, bound, indexed));
    if (batch > 0) {
      return;
    }
    long[] updates = new long[1 + sizes.length - width];
    updates[0] = indexed[0];
    System.arraycopy(sizes, width, updates, 1, sizes.length - width);
    for (ScatterND.Reduction reduction : ScatterND.Reduction.values()) {
      check(new ScatterND(reduction), x, randomInts(2, bound, indexed), random(3, updates));
    }
  }

  @Test
  void equalsKeepTheirOrder() {
    Tensor x = Tensor.of(new float[] {0f, -0f, 1, 1, -0f, 0f, -1, -1}, 8);
    for (boolean large : new boolean[] {false, true}) {
      check(new TopK(0, 8, large), x);
      check(new ArgSort(0, large), x);
      check(new ArgReduce(large, 0, false), x);
    }
    check(new ArgReduce(true, 0, false), Tensor.of(new float[] {-0f, 0f}, 2));
  }

  @Test
  void nothing() {
    check(new GatherND(0), random(1, 2, 3), randomInts(2, 2, 0, 2));
    check(new CumProd(0), random(1, 0, 3));
    check(new TopK(0, 0, true), random(1, 2, 3));
  }

  @Test
  void indicesOutOfRangeAreRefused() {
    Tensor beyond = Tensor.of(new int[] {0, 3, 1, -1}, 2, 2);
    assertThatThrownBy(() -> run(new GatherElements(1), random(1, 2, 3), beyond))
        .isInstanceOf(ProblemsException.class)
        .hasMessage(
            "layer 'step' (GatherElements): must have indices from 0 to 2, found 3;"
                + " give indices within the axis");
    assertThatThrownBy(() -> run(new GatherND(0), random(1, 2, 3), beyond))
        .isInstanceOf(ProblemsException.class)
        .hasMessage(
            "layer 'step' (GatherND): must have indices from 0 to 2, found 3;"
                + " give indices within the axis");
    ScatterND scatter = new ScatterND(ScatterND.Reduction.ADD);
    assertThatThrownBy(() -> run(scatter, random(1, 2, 4), beyond, random(1, 2)))
        .isInstanceOf(ProblemsException.class)
        .hasMessage(
            "layer 'step' (ScatterND): must have indices from 0 to 3, found -1;"
                + " give indices within the axis");
  }

  private static void run(Operation op, Tensor... operands) {
    GraphBuilder builder = new GraphBuilder("run");
    List<Value> inputs = new ArrayList<>();
    for (Tensor operand : operands) {
      inputs.add(builder.input("x" + inputs.size(), operand.type()));
    }
    List<Value> results = builder.addAll("step", op, List.<@Nullable Value>copyOf(inputs));
    try (Session session =
        Session.of(
            builder.build(Argument.of(inputs), Argument.of(results)), SessionOptions.DEFAULTS)) {
      session.run(List.of(operands));
    }
  }
}
