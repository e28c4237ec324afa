package io.github.weighbridge.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphPrinter;
import io.github.weighbridge.core.graph.GraphVerifier;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BatchNormalization;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.ConvTranspose;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Resize;
import io.github.weighbridge.core.pass.ChannelOrder;
import io.github.weighbridge.core.pass.Passes;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passes make of random networks graphs that are sound and compute the same. */
class PassesTest {

  /** Folded weights are float32, everything else is computed in double precision. */
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest(name = "seeds from {0}")
  @ValueSource(longs = {0, 100, 200, 300})
  void fittedGraphsComputeTheSame(long first) {
    for (long seed = first; seed < first + 100; seed++) {
      Random random = new Random(seed);
      Graph graph = GraphVerifier.require(RandomGraph.of(random));
      Tensor x = input(graph, random);
      List<ReferenceArray> expected = ReferenceEvaluator.run(graph, List.of(x));
      for (ChannelOrder channels : ChannelOrder.values()) {
        check(graph, Passes.fit(graph, channels), x, expected, channels, "fit, seed " + seed);
        check(
            graph,
            Passes.canonical(graph, channels),
            x,
            expected,
            channels,
            "canonical, seed " + seed);
      }
    }
  }

  private static void check(
      Graph source,
      Graph fitted,
      Tensor x,
      List<ReferenceArray> expected,
      ChannelOrder channels,
      String what) {
    String context = what + ", " + channels + "\n" + GraphPrinter.print(source);
    assertThat(GraphVerifier.problems(fitted)).as(context).isEmpty();
    assertThat(fitted.outputNames()).as(context).isEqualTo(source.outputNames());
    assertThat(fitted.outputValues().stream().map(Value::type))
        .as(context)
        .isEqualTo(source.outputValues().stream().map(Value::type).toList());
    assertThat(fitted.steps())
        .as(context)
        .allSatisfy(
            step ->
                channelAxis(step.op())
                    .ifPresent(
                        axis ->
                            assertThat(axis)
                                .isEqualTo(
                                    channels == ChannelOrder.FIRST
                                        ? 1
                                        : step.operand(0).type().rank() - 1)));
    List<ReferenceArray> results = ReferenceEvaluator.run(fitted, List.of(x));
    for (int i = 0; i < results.size(); i++) {
      double largest = 1;
      for (double number : expected.get(i).data()) {
        largest = Math.max(largest, Math.abs(number));
      }
      assertThat(results.get(i).data())
          .as(context)
          .containsExactly(expected.get(i).data(), within(TOLERANCE * largest));
    }
  }

  private static OptionalInt channelAxis(Operation op) {
    if (op instanceof Conv conv) {
      return OptionalInt.of(conv.channelAxis());
    }
    if (op instanceof ConvTranspose conv) {
      return OptionalInt.of(conv.channelAxis());
    }
    if (op instanceof Pool pool) {
      return OptionalInt.of(pool.channelAxis());
    }
    return op instanceof Resize resize ? OptionalInt.of(resize.channelAxis()) : OptionalInt.empty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void normalisationsBehindConvolutionsDisappear(long seed) {
    Random random = new Random(seed);
    int before = 0;
    int after = 0;
    for (int i = 0; i < 40; i++) {
      Graph graph = RandomGraph.of(random);
      before += normalisations(graph);
      after += normalisations(Passes.fit(graph, ChannelOrder.FIRST));
    }
    // What is left stands behind something else, or behind what others use as well.
    assertThat(after).as("seed " + seed).isLessThan(before / 2);
  }

  private static int normalisations(Graph graph) {
    return (int) graph.steps().stream().filter(s -> s.op() instanceof BatchNormalization).count();
  }

  private static Tensor input(Graph graph, Random random) {
    long[] sizes =
        graph.inputValues().get(0).type().shape().dims().stream()
            .mapToLong(dim -> dim.isFixed() ? dim.size() : 2)
            .toArray();
    double[] data = random.doubles(product(sizes), -1, 1).toArray();
    return Tensor.of(data, sizes).cast(graph.inputValues().get(0).type().dtype());
  }

  private static long product(long[] sizes) {
    Dim product = Dim.of(1);
    for (long size : sizes) {
      product = product.times(size);
    }
    return product.size();
  }
}
