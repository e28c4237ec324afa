package io.github.weighbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.reference.ReferenceArray;
import io.github.weighbridge.reference.ReferenceEvaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Compares what a session computes with the reference evaluator. */
public final class Parity {

  /** Float32 sums of a few hundred products of numbers around 1. */
  private static final double ABSOLUTE = 1e-5;

  private static final double RELATIVE = 1e-5;

  private Parity() {}

  /** Seeded random numbers, normally distributed. */
  public static Tensor random(long seed, long... sizes) {
    Random random = new Random(seed);
    double[] values = new double[(int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(values, i -> random.nextGaussian());
    return Tensor.of(values, sizes).cast(DataType.FLOAT32);
  }

  /** Seeded random whole numbers from 0 to before {@code bound}. */
  public static Tensor randomInts(long seed, int bound, long... sizes) {
    Random random = new Random(seed);
    int[] values = new int[(int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(values, i -> random.nextInt(bound));
    return Tensor.of(values, sizes);
  }

  /** Runs one operation, its operands first as inputs and then (but for the first) as constants. */
  public static void check(Operation op, @Nullable Tensor... operands) {
    for (boolean constant : new boolean[] {false, true}) {
      GraphBuilder builder = new GraphBuilder("parity");
      List<Value> inputs = new ArrayList<>();
      List<Tensor> given = new ArrayList<>();
      List<@Nullable Value> values = new ArrayList<>();
      for (int i = 0; i < operands.length; i++) {
        Tensor operand = operands[i];
        if (operand == null) {
          values.add(null);
        } else if (constant && i > 0) {
          values.add(builder.constant("c" + i, operand));
        } else {
          Value input = builder.input("x" + i, operand.type());
          inputs.add(input);
          given.add(operand);
          values.add(input);
        }
      }
      List<Value> results = builder.addAll("step", op, values);
      check(builder.build(Argument.of(inputs), Argument.of(results)), given);
    }
  }

  /** Runs a graph twice (the second time over used memory). */
  public static void check(Graph graph, List<Tensor> inputs) {
    List<ReferenceArray> expected = ReferenceEvaluator.run(graph, inputs);
    try (Session session = Session.of(graph, SessionOptions.DEFAULTS)) {
      for (int round = 0; round < 2; round++) {
        List<Tensor> results = session.run(inputs);
        for (int i = 0; i < results.size(); i++) {
          compare(graph + "\noutput " + i + ", round " + round, results.get(i), expected.get(i));
        }
      }
    }
  }

  /** Requires equal types, and numbers equal up to float32 rounding. */
  public static void compare(String what, Tensor got, ReferenceArray expected) {
    assertThat(got.type()).as(what).isEqualTo(expected.type());
    double[] numbers = got.doubles();
    double[] references = expected.toTensor().doubles();
    boolean rounded = got.dtype().bits() == 16 && got.dtype().isFloating();
    double relative = got.dtype().isFloating() ? (rounded ? 1e-2 : RELATIVE) : 0;
    double absolute = got.dtype().isFloating() ? (rounded ? 1e-2 : ABSOLUTE) : 0;
    for (int i = 0; i < numbers.length; i++) {
      double reference = references[i];
      boolean equal =
          numbers[i] == reference
              || (Double.isNaN(numbers[i]) && Double.isNaN(reference))
              || Math.abs(numbers[i] - reference) <= absolute + relative * Math.abs(reference);
      if (!equal) {
        assertThat(numbers[i]).as(what + ", element " + i).isEqualTo(reference);
      }
    }
  }
}
