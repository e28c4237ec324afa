package io.github.weighbridge.bench;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BatchNormalization;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The networks that are measured, as Keras's layers lower to them: channels last, any batch.
 * Weights are random, of a size that keeps values in range. Not thread-safe; one object builds one
 * graph.
 */
final class Networks {

  /** How many numbers VGG16's weights are. */
  static final long VGG_WEIGHTS = 138_357_544;

  private static final Dim BATCH = Dim.symbolic("batch");

  /** Where a network's weights come from. */
  @FunctionalInterface
  interface WeightMaker {
    /** A weight whose columns sum {@code fanIn} products. */
    WeightRef make(long fanIn, long... sizes);
  }

  private final GraphBuilder graph;
  private final WeightMaker weights;

  private Networks(String name, WeightMaker weights) {
    this.graph = new GraphBuilder(name);
    this.weights = weights;
  }

  /** 784 numbers through layers of 512 and 256 units to 10 classes. */
  static Graph mlp() {
    Networks net = inMemory("mlp");
    Value input = net.input(784);
    Value x = net.relu(net.dense(input, 784, 512));
    x = net.relu(net.dense(x, 512, 256));
    return net.build(input, net.softmax(net.dense(x, 256, 10)));
  }

  /** Three pairs of convolutions on 32x32 images. */
  static Graph cnn() {
    Networks net = inMemory("cnn");
    Value input = net.input(32, 32, 3);
    Value x = input;
    int channels = 3;
    for (int filters : new int[] {32, 64, 128}) {
      x = net.relu(net.biasedConv(x, 3, channels, filters));
      x = net.relu(net.biasedConv(x, 3, filters, filters));
      x = net.pool(Pool.Kind.MAX, x, 2, 2, Padding.none(2));
      channels = filters;
    }
    x = net.relu(net.dense(net.flat(x, 2048), 2048, 256));
    return net.build(input, net.softmax(net.dense(x, 256, 10)));
  }

  /** ResNet50 on 224x224 images, normalisations not yet folded. */
  static Graph resnet() {
    Networks net = inMemory("resnet");
    Value input = net.input(224, 224, 3);
    Value x = net.relu(net.normalizedConv(input, 7, 3, 64, 2));
    x = net.pool(Pool.Kind.MAX, x, 3, 2, Padding.of(List.of(1, 1), List.of(1, 1)));
    int in = 64;
    int[] blocks = {3, 4, 6, 3};
    for (int stage = 0; stage < blocks.length; stage++) {
      int width = 64 << stage;
      for (int block = 0; block < blocks[stage]; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        Value shortcut = block > 0 ? x : net.normalizedConv(x, 1, in, 4 * width, stride);
        Value y = net.relu(net.normalizedConv(x, 1, in, width, stride));
        y = net.relu(net.normalizedConv(y, 3, width, width, 1));
        y = net.normalizedConv(y, 1, width, 4 * width, 1);
        x = net.relu(net.graph.add("add", new Binary(BinaryFunction.ADD), y, shortcut));
        in = 4 * width;
      }
    }
    x = net.graph.add("mean", new Reduce(Reduce.Function.MEAN, List.of(1, 2), false), x);
    return net.build(input, net.softmax(net.dense(x, in, 1000)));
  }

  /** 64 steps of 32 features through LSTMs of 128 and 64 units to 10 classes. */
  static Graph lstm() {
    Networks net = inMemory("lstm");
    Value input = net.input(64, 32);
    Value all = net.lstm(input, 32, 128).get(0);
    Value last = net.lstm(all, 128, 64).get(1);
    return net.build(input, net.softmax(net.dense(last, 64, 10)));
  }

  /** VGG16 on 224x224 images: 138 million weights. */
  static Graph vgg(WeightMaker weights) {
    Networks net = new Networks("vgg16", weights);
    Value input = net.input(224, 224, 3);
    Value x = input;
    int channels = 3;
    int[] filters = {64, 128, 256, 512, 512};
    int[] repeats = {2, 2, 3, 3, 3};
    for (int stage = 0; stage < filters.length; stage++) {
      for (int i = 0; i < repeats[stage]; i++) {
        x = net.relu(net.biasedConv(x, 3, channels, filters[stage]));
        channels = filters[stage];
      }
      x = net.pool(Pool.Kind.MAX, x, 2, 2, Padding.none(2));
    }
    x = net.relu(net.dense(net.flat(x, 25088), 25088, 4096));
    x = net.relu(net.dense(x, 4096, 4096));
    return net.build(input, net.softmax(net.dense(x, 4096, 1000)));
  }

  /** Random numbers for a graph's only input. */
  static Tensor input(Graph graph, int batch) {
    long[] sizes = new long[graph.inputValues().get(0).type().rank()];
    Shape shape = graph.inputValues().get(0).type().shape();
    Arrays.setAll(sizes, axis -> axis == 0 ? batch : shape.dim(axis).size());
    return random(new SplittableRandom(7), 1, sizes);
  }

  private static Networks inMemory(String name) {
    SplittableRandom random = new SplittableRandom(42);
    return new Networks(
        name,
        (fanIn, sizes) -> WeightRef.of(random(random, (float) Math.sqrt(6.0 / fanIn), sizes)));
  }

  private static Tensor random(SplittableRandom random, float limit, long... sizes) {
    float[] values = new float[(int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1) * limit;
    }
    return Tensor.of(values, sizes);
  }

  private Value input(long... sizes) {
    Dim[] dims = new Dim[sizes.length + 1];
    dims[0] = BATCH;
    for (int i = 0; i < sizes.length; i++) {
      dims[i + 1] = Dim.of(sizes[i]);
    }
    return graph.input("input", new TensorType(DataType.FLOAT32, Shape.of(dims)));
  }

  private Value weight(String name, long fanIn, long... sizes) {
    return graph.constant(name, weights.make(fanIn, sizes));
  }

  private Value dense(Value x, int in, int units) {
    Value product = graph.add("dense", new MatMul(), x, weight("kernel", in, in, units));
    return graph.add("biased", new Binary(BinaryFunction.ADD), product, weight("bias", in, units));
  }

  private Value biasedConv(Value x, int size, int in, int filters) {
    return conv(x, size, in, filters, 1, weight("bias", in, filters));
  }

  private Value normalizedConv(Value x, int size, int in, int filters, int stride) {
    Value conv = conv(x, size, in, filters, stride, weight("bias", in, filters));
    return graph.add(
        "normalized",
        new BatchNormalization(1e-3, 3),
        conv,
        weight("gamma", 6, filters),
        weight("beta", 600, filters),
        weight("mean", 600, filters),
        graph.constant("variance", Tensor.filled(DataType.FLOAT32, 1, filters)));
  }

  private Value conv(Value x, int size, int in, int filters, int stride, Value bias) {
    Window window =
        Window.of(List.of(size, size), List.of(stride, stride), Padding.sameAtRunTime(2));
    Value kernel = weight("kernel", (long) size * size * in, size, size, in, filters);
    return graph.add("conv", new Conv(window, 1, 3), x, kernel, bias);
  }

  private Value pool(Pool.Kind kind, Value x, int size, int stride, Padding padding) {
    Window window = Window.of(List.of(size, size), List.of(stride, stride), padding);
    return graph.add("pool", new Pool(kind, window, 3), x);
  }

  private List<Value> lstm(Value x, int in, int units) {
    Recurrent lstm =
        new Recurrent(
            Recurrent.Cell.LSTM,
            units,
            Unary.of(UnaryFunction.TANH),
            Unary.of(UnaryFunction.SIGMOID),
            false,
            false);
    return graph.addAll(
        "lstm",
        lstm,
        Arrays.asList(
            x,
            weight("kernel", 4L * in, in, 4L * units),
            weight("recurrent", 4L * units, units, 4L * units),
            weight("bias", 600, 4L * units)));
  }

  private Value flat(Value x, long features) {
    return graph.add(
        "flat", new Reshape(List.of(DimSource.of(BATCH, 0, 0), new DimSource.Fixed(features))), x);
  }

  private Value relu(Value x) {
    return graph.add("relu", Unary.of(UnaryFunction.RELU), x);
  }

  private Value softmax(Value x) {
    return graph.add("softmax", new Softmax(1, false), x);
  }

  private Graph build(Value input, Value output) {
    return graph.build(Argument.of(List.of(input)), Argument.of(List.of(output)));
  }
}
