package io.github.weighbridge.runtime;

import static io.github.weighbridge.runtime.Parity.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.reference.ReferenceEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class SessionTest {

  private static final Dim BATCH = Dim.symbolic("batch");

  private static TensorType images() {
    return new TensorType(DataType.FLOAT32, Shape.of(BATCH, Dim.of(8), Dim.of(8), Dim.of(1)));
  }

  /** Convolution, ReLU, pooling, a residual, a dense layer with bias, softmax. */
  static Graph smallNetwork() {
    GraphBuilder graph = new GraphBuilder("small");
    Value image = graph.input("image", images());
    Value kernel = graph.constant("kernel", random(1, 3, 3, 1, 4));
    Value bias = graph.constant("bias", random(2, 4));
    Window three = Window.of(List.of(3, 3), List.of(1, 1), Padding.sameAtRunTime(2));
    Window two = Window.of(List.of(2, 2), List.of(2, 2), Padding.none(2));
    Value x = graph.add("conv", new Conv(three, 1, 3), image, kernel, bias);
    Value relu = graph.add("relu", Unary.of(UnaryFunction.RELU), x);
    Value sum = graph.add("sum", new Binary(BinaryFunction.ADD), relu, x);
    Value pool = graph.add("pool", new Pool(Pool.Kind.MAX, two, 3), sum);
    Value flat =
        graph.add(
            "flat", new Reshape(List.of(DimSource.of(BATCH, 0, 0), new DimSource.Fixed(64))), pool);
    Value dense = graph.add("dense", new MatMul(), flat, graph.constant("w", random(3, 64, 10)));
    Value biased =
        graph.add(
            "biased", new Binary(BinaryFunction.ADD), dense, graph.constant("b", random(4, 10)));
    Value result = graph.add("probabilities", new Softmax(1, false), biased);
    return graph.build(Argument.of(List.of(image)), Argument.of(List.of(result)));
  }

  @Test
  void runsANetworkForAnyBatch() {
    for (int batch : new int[] {0, 1, 2, 5, 70}) {
      Parity.check(smallNetwork(), List.of(random(batch, batch, 8, 8, 1)));
    }
  }

  /** From a certain size on native operations work in place where small arrays stay in Java. */
  @Test
  void largeValuesAreChangedInPlace() {
    GraphBuilder graph = new GraphBuilder("dense");
    Value x = graph.input("x", new TensorType(DataType.FLOAT32, Shape.of(BATCH, Dim.of(20))));
    Value product = graph.add("product", new MatMul(), x, graph.constant("w", random(1, 20, 90)));
    Value biased =
        graph.add(
            "biased", new Binary(BinaryFunction.ADD), product, graph.constant("b", random(2, 90)));
    Value relu = graph.add("relu", Unary.of(UnaryFunction.RELU), biased);
    Value twice = graph.add("twice", new Binary(BinaryFunction.ADD), relu, relu);
    Value less = graph.add("less", new Binary(BinaryFunction.SUBTRACT), relu, twice);
    Value result = graph.add("result", new Binary(BinaryFunction.MULTIPLY), less, twice);
    Parity.check(
        graph.build(Argument.of(List.of(x)), Argument.of(List.of(result))),
        List.of(random(3, 300, 20)));
  }

  @Test
  void keepsPlansForSomeShapesOnly() {
    Graph graph = smallNetwork();
    try (Session session = Session.of(graph, SessionOptions.DEFAULTS)) {
      long after = 0;
      for (int round = 0; round < 3; round++) {
        for (int batch = 1; batch <= 12; batch++) {
          Tensor image = random(batch, batch, 8, 8, 1);
          Tensor result = session.run(image);
          Parity.compare(
              "batch " + batch, result, ReferenceEvaluator.run(graph, List.of(image)).get(0));
        }
        if (round > 0) {
          assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(after);
        }
        after = Pointer.totalBytes();
      }
    }
  }

  @Test
  void closingFreesEverything() {
    try (Session warm = Session.of(smallNetwork(), SessionOptions.DEFAULTS)) {
      warm.run(random(1, 1, 8, 8, 1));
    }
    long before = Pointer.totalBytes();
    Session session = Session.of(smallNetwork(), SessionOptions.DEFAULTS);
    session.run(random(1, 3, 8, 8, 1));
    assertThat(Pointer.totalBytes()).isGreaterThan(before);
    session.close();
    assertThat(Pointer.totalBytes()).isEqualTo(before);
    assertThatThrownBy(() -> session.run(random(1, 3, 8, 8, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the session is closed");
    session.close();
  }

  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Session session = Session.of(smallNetwork(), SessionOptions.DEFAULTS)) {
      List<Future<?>> futures = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        Tensor image = random(thread, 1 + thread % 2, 8, 8, 1);
        float[] expected = session.run(image).floats();
        futures.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 200; i++) {
                    assertThat(session.run(image).floats()).isEqualTo(expected);
                  }
                }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void refusesArraysThatDoNotFit() {
    try (Session session = Session.of(smallNetwork(), SessionOptions.DEFAULTS)) {
      assertThatThrownBy(() -> session.run(random(1, 3, 8, 9, 1)))
          .isInstanceOf(ProblemsException.class)
          .hasMessage(
              "input 'image': must have shape [batch, 8, 8, 1], found [3, 8, 9, 1];"
                  + " give an array that fits the model's input");
      assertThatThrownBy(() -> session.run(List.of()))
          .isInstanceOf(ProblemsException.class)
          .hasMessage(
              "must have an array for each of the inputs [image: float32[batch, 8, 8, 1]],"
                  + " found 0 arrays; give one for each, in this order");
      assertThatThrownBy(() -> session.run(Map.of("picture", random(1, 1, 8, 8, 1))))
          .isInstanceOf(ProblemsException.class)
          .hasMessage(
              "input 'image': must be given, found only [picture]; give an array that fits the"
                  + " model's input"
                  + System.lineSeparator()
                  + "input 'picture': must be one of the inputs [image], found 'picture'; give"
                  + " an array that fits the model's input");
    }
  }

  @Test
  void castsInputsAndNamesOutputs() {
    Tensor image = random(1, 2, 8, 8, 1);
    try (Session session = Session.of(smallNetwork(), SessionOptions.DEFAULTS.withThreads(1))) {
      Tensor expected = session.run(image);
      Map<String, Tensor> named = session.run(Map.of("image", image.cast(DataType.FLOAT64)));
      assertThat(named).containsOnlyKeys("probabilities");
      assertThat(List.copyOf(named.values()).get(0).floats()).isEqualTo(expected.floats());
      assertThat(session.inputs()).containsEntry("image", images());
    }
  }

  @Test
  void refusesIndicesOutsideTheirTable() {
    GraphBuilder graph = new GraphBuilder("lookup");
    Value ids = graph.input("ids", new TensorType(DataType.INT32, Shape.of(BATCH)));
    Value rows =
        graph.add("embedding", new Gather(0, 0), graph.constant("table", random(1, 5, 2)), ids);
    Graph lookup = graph.build(Argument.of(List.of(ids)), Argument.of(List.of(rows)));
    try (Session session = Session.of(lookup, SessionOptions.DEFAULTS)) {
      for (int bad : new int[] {-1, 5, Integer.MAX_VALUE}) {
        assertThatThrownBy(() -> session.run(Tensor.of(new int[] {0, bad}, 2)))
            .isInstanceOfSatisfying(
                ProblemsException.class,
                e -> {
                  assertThat(e)
                      .hasMessage(
                          "layer 'embedding' (Gather): must have indices from 0 to 4, found "
                              + bad
                              + "; give indices within the axis");
                  assertThat(e.problems().get(0).code()).isEqualTo(ProblemCode.INDEX_OUT_OF_RANGE);
                });
      }
      assertThat(session.run(Tensor.of(new int[] {4, 0}, 2)).count()).isEqualTo(4);
    }
  }

  @Test
  void valuesThatAreReadLaterAreNotOverwritten() {
    GraphBuilder graph = new GraphBuilder("reuse");
    Value x = graph.input("x", new TensorType(DataType.FLOAT32, Shape.of(BATCH, Dim.of(3))));
    Value y = graph.add("exp", Unary.of(UnaryFunction.EXP), x);
    Value view = graph.add("view", Unary.of(UnaryFunction.IDENTITY), y);
    Value turned = graph.add("turned", new Transpose(List.of(1, 0)), view);
    Value negated = graph.add("negated", Unary.of(UnaryFunction.NEGATE), y);
    Value squared = graph.add("squared", new Binary(BinaryFunction.MULTIPLY), negated, negated);
    Value back = graph.add("back", new Transpose(List.of(1, 0)), turned);
    Value sum = graph.add("total", new Binary(BinaryFunction.ADD), squared, back);
    Value half = graph.add("half", new Cast(DataType.FLOAT16), sum);
    Value wide = graph.add("wide", new Cast(DataType.FLOAT32), half);
    Graph built =
        graph.build(Argument.of(List.of(x)), Argument.of(List.of(sum, x, view, half, wide)));
    try (Session session = Session.of(built, SessionOptions.DEFAULTS)) {
      Tensor given = random(1, 2, 3);
      List<Tensor> results = session.run(List.of(given));
      assertThat(results.get(1).floats()).isEqualTo(given.floats());
      for (int i = 0; i < 6; i++) {
        double e = Math.exp(given.getDouble(i));
        assertThat(results.get(0).getDouble(i)).isCloseTo(e * e + e, within(1e-4));
        assertThat(results.get(2).getDouble(i)).isCloseTo(e, within(1e-5));
        assertThat(results.get(4).getDouble(i))
            .isEqualTo(results.get(0).cast(DataType.FLOAT16).getDouble(i));
      }
    }
  }
}
