package io.github.weighbridge.reference;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BatchNormalization;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.ConvTranspose;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Resize;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A small network made by chance: images of both channel orders with everything that a layout can
 * meet (residuals, joins, reductions, slices, normalisations), then dense layers. The batch is
 * symbolic or fixed.
 */
final class RandomGraph {

  private static final List<UnaryFunction> FUNCTIONS =
      List.of(
          UnaryFunction.RELU, UnaryFunction.TANH, UnaryFunction.SIGMOID, UnaryFunction.IDENTITY);

  private final Random random;
  private final GraphBuilder builder = new GraphBuilder("random");
  private final List<Value> outputs = new ArrayList<>();
  private final List<Value> images = new ArrayList<>();
  private final int spatialRank;

  private RandomGraph(Random random) {
    this.random = random;
    this.spatialRank = 1 + random.nextInt(2);
  }

  /** The graph of a seed. */
  static Graph of(Random random) {
    return new RandomGraph(random).build();
  }

  private Graph build() {
    List<Dim> dims = new ArrayList<>();
    dims.add(random.nextBoolean() ? Dim.symbolic("batch") : Dim.of(2));
    for (int i = 0; i <= spatialRank; i++) {
      dims.add(Dim.of(3L + random.nextInt(4)));
    }
    Value x = builder.input("x", new TensorType(DataType.FLOAT32, new Shape(dims)));
    images.add(x);
    for (int i = 2 + random.nextInt(8); i > 0; i--) {
      Value image = pick(images);
      Value next = image(image);
      images.add(next);
    }
    if (random.nextInt(3) == 0) {
      outputs.add(pick(images));
    }
    Value vector = vector(images.get(images.size() - 1));
    for (int i = random.nextInt(4); i > 0; i--) {
      vector = dense(vector);
    }
    outputs.add(vector);
    List<String> names = IntStream.range(0, outputs.size()).mapToObj(i -> "y" + i).toList();
    return builder.build(new Argument.Of(x), Argument.of(outputs), names);
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private int channelAxis() {
    return random.nextBoolean() ? 1 : spatialRank + 1;
  }

  private Value weight(String name, long... sizes) {
    return builder.constant(name, numbers(-0.5, sizes));
  }

  private WeightRef numbers(double low, long... sizes) {
    float[] values = new float[Math.toIntExact(Shape.elementCount(sizes))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() + low);
    }
    return WeightRef.of(Tensor.of(values, sizes));
  }

  private Value image(Value x) {
    int rank = spatialRank + 2;
    int axis = 1 + random.nextInt(rank - 1);
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> convolution(x);
      case 3 -> transposedConvolution(x);
      case 4 -> pool(x);
      case 5 -> normalize(x, channelAxis());
      case 6 -> builder.add("f", Unary.of(pick(FUNCTIONS)), x);
      case 7 -> residual(x);
      case 8 -> builder.add("concat", new Concat(axis), x, builder.add("n", negate(), x));
      case 9 -> builder.add("pad", pad(rank, axis), x);
      case 10 ->
          builder.add("cut", Slice.of(axis, 0, size(x, axis) - (size(x, axis) > 2 ? 1 : 0)), x);
      case 11 -> builder.add("softmax", new Softmax(axis, random.nextBoolean()), x);
      case 12 -> builder.add("transpose", new Transpose(permutation(rank)), x);
      default ->
          size(x, axis) > 8
              ? builder.add("cast", new Cast(DataType.FLOAT32), x)
              : builder.add(
                  "resize",
                  Resize.by(
                      Resize.Method.NEAREST, Collections.nCopies(spatialRank, 2), channelAxis()),
                  pooled(x));
    };
  }

  /** Small enough to be enlarged. */
  private Value pooled(Value x) {
    return IntStream.range(1, x.type().rank()).allMatch(a -> size(x, a) < 9) ? x : pool(x);
  }

  private static Unary negate() {
    return Unary.of(UnaryFunction.NEGATE);
  }

  private static long size(Value x, int axis) {
    return x.type().shape().dim(axis).size();
  }

  private static Pad pad(int rank, int axis) {
    List<Long> begin = new ArrayList<>(Collections.nCopies(rank, 0L));
    begin.set(axis, 1L);
    return new Pad(begin, Collections.nCopies(rank, 0L), Pad.Mode.CONSTANT, 0.25);
  }

  private List<Integer> permutation(int rank) {
    List<Integer> rest = new ArrayList<>(IntStream.range(1, rank).boxed().toList());
    Collections.shuffle(rest, random);
    rest.add(0, 0);
    return rest;
  }

  private Value convolution(Value x) {
    int axis = channelAxis();
    long channels = size(x, axis);
    boolean depthwise = random.nextInt(3) == 0;
    long filters = depthwise ? channels : 1L + random.nextInt(4);
    List<Integer> size = Collections.nCopies(spatialRank, 2);
    List<Integer> strides = Collections.nCopies(spatialRank, 1 + random.nextInt(2));
    Padding padding =
        Padding.of(Collections.nCopies(spatialRank, 1), Collections.nCopies(spatialRank, 0));
    Conv conv = new Conv(Window.of(size, strides, padding), depthwise ? (int) channels : 1, axis);
    long[] kernel = new long[spatialRank + 2];
    Arrays.fill(kernel, 2);
    kernel[spatialRank] = depthwise ? 1 : channels;
    kernel[spatialRank + 1] = filters;
    Value bias = random.nextBoolean() ? weight("bias", filters) : null;
    Value y = builder.add("conv", conv, x, weight("kernel", kernel), bias);
    return random.nextBoolean() ? normalize(y, axis) : y;
  }

  private Value transposedConvolution(Value x) {
    int axis = channelAxis();
    if (IntStream.range(1, x.type().rank()).anyMatch(a -> size(x, a) > 8)) {
      return pool(x);
    }
    Window window =
        Window.of(
            Collections.nCopies(spatialRank, 2),
            Collections.nCopies(spatialRank, 2),
            Padding.none(spatialRank));
    long[] kernel = new long[spatialRank + 2];
    Arrays.fill(kernel, 2);
    kernel[spatialRank] = 3;
    kernel[spatialRank + 1] = size(x, axis);
    ConvTranspose conv = new ConvTranspose(window, Collections.nCopies(spatialRank, 0), axis);
    Value y = builder.add("up", conv, x, weight("kernel", kernel));
    return random.nextBoolean() ? normalize(y, axis) : y;
  }

  private Value pool(Value x) {
    Window window =
        Window.of(
            Collections.nCopies(spatialRank, 2),
            Collections.nCopies(spatialRank, 2),
            Padding.sameAtRunTime(spatialRank));
    Pool.Kind kind = random.nextBoolean() ? Pool.Kind.MAX : Pool.Kind.AVERAGE;
    return builder.add("pool", new Pool(kind, window, channelAxis()), x);
  }

  private Value normalize(Value x, int axis) {
    long size = size(x, axis);
    return builder.add(
        "norm",
        new BatchNormalization(1e-3, axis),
        x,
        weight("gamma", size),
        weight("beta", size),
        weight("mean", size),
        builder.constant("variance", numbers(0.5, size)));
  }

  private Value residual(Value x) {
    Value other =
        switch (random.nextInt(4)) {
          case 0 -> builder.add("g", Unary.of(pick(FUNCTIONS)), x);
          case 1 -> weight("vector", size(x, x.type().rank() - 1));
          case 2 -> weight("number");
          default ->
              builder.add(
                  "mean",
                  new Reduce(Reduce.Function.MEAN, List.of(1 + random.nextInt(spatialRank)), true),
                  x);
        };
    BinaryFunction function = random.nextBoolean() ? BinaryFunction.ADD : BinaryFunction.MULTIPLY;
    return random.nextBoolean()
        ? builder.add("sum", new Binary(function), x, other)
        : builder.add("sum", new Binary(function), other, x);
  }

  private Value vector(Value image) {
    int rank = image.type().rank();
    if (random.nextInt(3) == 0) {
      int kept = 1 + random.nextInt(rank - 1);
      List<Integer> axes = IntStream.range(1, rank).filter(a -> a != kept).boxed().toList();
      return builder.add("global", new Reduce(Reduce.Function.MEAN, axes, false), image);
    }
    Shape shape = image.type().shape();
    long features = shape.slice(1, rank).elementCount();
    DimSource batch = DimSource.of(shape.dim(0), 0, 0);
    Value flat =
        builder.add("flatten", new Reshape(List.of(batch, new DimSource.Fixed(features))), image);
    if (random.nextInt(4) == 0) {
      outputs.add(flat);
    }
    return random.nextBoolean() ? builder.add("h", Unary.of(pick(FUNCTIONS)), flat) : flat;
  }

  private Value dense(Value x) {
    long units = 1L + random.nextInt(5);
    Value y = builder.add("matmul", new MatMul(), x, weight("kernel", size(x, 1), units));
    if (random.nextBoolean()) {
      y = builder.add("add", new Binary(BinaryFunction.ADD), y, weight("bias", units));
    }
    return random.nextBoolean() ? normalize(y, 1) : y;
  }
}
