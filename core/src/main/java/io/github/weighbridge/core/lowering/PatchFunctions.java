package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Functions that take images apart into the windows on them, and put them together again. */
final class PatchFunctions {

  private PatchFunctions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "ExtractPatches(images, size, strides=None, dilation_rate=1, padding='valid',"
            + " data_format=None)",
        PatchFunctions::extractPatches);
    table.add(
        "Fold(x, output_size, kernel_size, dilation=1, padding=0, stride=1)", PatchFunctions::fold);
    table.add("Unfold(x, kernel_size, dilation=1, padding=0, stride=1)", PatchFunctions::unfold);
  }

  private static Value extractPatches(FunctionCall call) {
    Value images = call.floating("images");
    List<Integer> size = call.wholes("size").size() == 3 ? call.wholes("size") : pair(call, "size");
    int rank = size.size();
    boolean alone = images.type().rank() == rank + 1;
    Value x = alone ? call.add("batch", new Unsqueeze(List.of(0)), images) : images;
    Rules.require(
        x.type().rank() == rank + 2, "'images' do not fit windows " + size + ": " + images.type());
    List<Integer> strides =
        call.isNone("strides") ? size : WindowFunctions.perAxis(call, "strides", x);
    List<Integer> dilations = WindowFunctions.perAxis(call, "dilation_rate", x);
    DataFormat format = WindowFunctions.format(call);
    Shape shape = x.type().shape();
    Window window =
        Windows.of(shape, format, size, strides, dilations, WindowFunctions.padding(call));
    Value patches =
        strides.equals(size) && isDense(window) && hasKnownSizes(shape, format)
            ? blocks(call, x, size, format)
            : windows(call, x, window, format);
    Value result = alone ? call.add("patches", new Squeeze(List.of(0)), patches) : patches;
    return call.cast(result, call.tensor("images").type().dtype());
  }

  private static boolean isDense(Window window) {
    return window.padding().isNone() && window.dilations().stream().allMatch(step -> step == 1);
  }

  private static boolean hasKnownSizes(Shape shape, DataFormat format) {
    int channelAxis = format.channelAxis(shape.rank());
    return IntStream.range(0, shape.rank() - 2)
        .allMatch(i -> shape.dim(Window.spatialAxis(i, channelAxis)).isFixed());
  }

  /** A convolution with the kernel that hands on every element of its window. */
  private static Value windows(FunctionCall call, Value x, Window window, DataFormat format) {
    int channelAxis = format.channelAxis(x.type().rank());
    long channels = call.knownSize(x, channelAxis);
    long count =
        window.size().stream().mapToLong(Integer::longValue).reduce(channels, (a, b) -> a * b);
    double[] identity = new double[Math.toIntExact(count * count)];
    for (int i = 0; i < count; i++) {
      identity[(int) (i * count) + i] = 1;
    }
    List<Long> sizes = new ArrayList<>(window.size().stream().map(Integer::longValue).toList());
    sizes.add(channels);
    sizes.add(count);
    long[] shape = sizes.stream().mapToLong(Long::longValue).toArray();
    Tensor kernel = Tensor.of(identity, shape).cast(x.type().dtype());
    return call.add(
        "patches", new Conv(window, 1, channelAxis), x, call.constant("kernel", kernel));
  }

  /** Windows side by side: every spatial axis becomes two, places and what is within them. */
  private static Value blocks(FunctionCall call, Value x, List<Integer> size, DataFormat format) {
    int rank = size.size();
    int channelAxis = format.channelAxis(x.type().rank());
    Value last = Shapes.moved(call, x, channelAxis, rank + 1);
    List<DimSource> split = new ArrayList<>(List.of(DimSource.of(x.type().shape().dim(0), 0, 0)));
    List<DimSource> merged = new ArrayList<>(split);
    List<Integer> perm = new ArrayList<>(List.of(0));
    long count = call.knownSize(last, rank + 1);
    for (int i = 0; i < rank; i++) {
      long places = call.knownSize(last, i + 1) / size.get(i);
      last = call.add("whole", Slice.of(i + 1, 0, places * size.get(i)), last);
      split.add(new DimSource.Fixed(places));
      split.add(new DimSource.Fixed(size.get(i)));
      merged.add(new DimSource.Fixed(places));
      perm.add(1 + 2 * i);
      count *= size.get(i);
    }
    split.add(new DimSource.Fixed(call.knownSize(last, rank + 1)));
    merged.add(new DimSource.Fixed(count));
    IntStream.range(0, rank).forEach(i -> perm.add(2 + 2 * i));
    perm.add(1 + 2 * rank);
    Value blocks = call.add("blocks", new Reshape(split), last);
    Value ordered = call.add("ordered", new Transpose(perm), blocks);
    Value patches = call.add("patches", new Reshape(merged), ordered);
    return Shapes.moved(call, patches, rank + 1, channelAxis);
  }

  /** A window's places along one axis of an image. */
  private record Along(int size, int dilation, int padding, int stride, int count) {

    /** The element that is number {@code k} of window {@code n}. */
    int element(int k, int n) {
      return n * stride + k * dilation - padding;
    }

    static Along of(FunctionCall call, int axis, long image) {
      int size = pair(call, "kernel_size").get(axis);
      int dilation = pair(call, "dilation").get(axis);
      int padding = pair(call, "padding").get(axis);
      int stride = pair(call, "stride").get(axis);
      Rules.require(
          size > 0 && dilation > 0 && stride > 0 && padding >= 0,
          "'kernel_size', 'dilation' and 'stride' must be positive");
      long rest = image + 2L * padding - (long) dilation * (size - 1) - 1;
      Rules.require(rest >= 0, "a window must fit the image, which has " + image + " elements");
      return new Along(size, dilation, padding, stride, Math.toIntExact(rest / stride + 1));
    }
  }

  private static List<Integer> pair(FunctionCall call, String name) {
    List<Integer> own = call.wholes(name);
    Rules.require(own.size() <= 2 && !own.isEmpty(), "'" + name + "' must be a pair, is " + own);
    return own.size() == 2 ? own : List.of(own.get(0), own.get(0));
  }

  /** {@code [batch, channels and elements of the window, windows]}. */
  private static Value unfold(FunctionCall call) {
    Value x = call.tensor("x");
    Rules.require(x.type().rank() == 4, "'x' must have 4 axes, is " + x.type());
    Along rows = Along.of(call, 0, call.knownSize(x, 2));
    Along columns = Along.of(call, 1, call.knownSize(x, 3));
    List<Long> margins = List.of(0L, 0L, (long) rows.padding(), (long) columns.padding());
    Value padded = call.add("pad", new Pad(margins, margins, Pad.Mode.CONSTANT, 0), x);
    Value bands = gathered(call, padded, rows, 2);
    Value windows = gathered(call, bands, columns, 4);
    Value ordered = call.add("ordered", new Transpose(List.of(0, 1, 2, 4, 3, 5)), windows);
    long elements = call.knownSize(x, 1) * rows.size() * columns.size();
    return call.add(
        "unfold",
        new Reshape(
            List.of(
                DimSource.of(x.type().shape().dim(0), 0, 0),
                new DimSource.Fixed(elements),
                new DimSource.Fixed((long) rows.count() * columns.count()))),
        ordered);
  }

  /** The elements {@code [size, count]} of every window along an axis. */
  private static Value gathered(FunctionCall call, Value x, Along along, int axis) {
    int[] places = new int[along.size() * along.count()];
    for (int i = 0; i < places.length; i++) {
      places[i] = along.element(i / along.count(), i % along.count()) + along.padding();
    }
    Value indices = call.constant("places", Tensor.of(places, along.size(), along.count()));
    return call.add("windows", new Gather(axis, 0), x, indices);
  }

  /** Products with matrices of zeros and ones, which add up what meets at a place. */
  private static Value fold(FunctionCall call) {
    Value x = call.tensor("x");
    Rules.require(x.type().rank() == 3, "'x' must have 3 axes, is " + x.type());
    List<Integer> size = pair(call, "output_size");
    Along rows = Along.of(call, 0, size.get(0));
    Along columns = Along.of(call, 1, size.get(1));
    long channels = call.knownSize(x, 1) / ((long) rows.size() * columns.size());
    DataType dtype = x.type().dtype();
    Value numbers = dtype.isFloating() ? x : call.cast(x, DataType.FLOAT64);
    DimSource batch = DimSource.of(x.type().shape().dim(0), 0, 0);
    List<DimSource> apart = new ArrayList<>(List.of(batch, new DimSource.Fixed(channels)));
    for (int part : List.of(rows.size(), columns.size(), rows.count(), columns.count())) {
      apart.add(new DimSource.Fixed(part));
    }
    Value windows = call.add("windows", new Reshape(apart), numbers);
    Value ordered = call.add("ordered", new Transpose(List.of(0, 1, 2, 4, 3, 5)), windows);
    List<DimSource> image =
        List.of(
            batch,
            new DimSource.Fixed(channels),
            new DimSource.Fixed((long) rows.size() * rows.count()),
            new DimSource.Fixed((long) columns.size() * columns.count()));
    Value elements = call.add("elements", new Reshape(image), ordered);
    Value down =
        call.add("down", new MatMul(), meeting(call, rows, size.get(0), elements), elements);
    Value across =
        call.add(
            "turned", new Transpose(List.of(1, 0)), meeting(call, columns, size.get(1), elements));
    return call.cast(call.add("fold", new MatMul(), down, across), dtype);
  }

  /** {@code [places of the image, elements of the windows]}. */
  private static Value meeting(FunctionCall call, Along along, int size, Value like) {
    int width = along.size() * along.count();
    float[] matrix = new float[size * width];
    for (int i = 0; i < width; i++) {
      int place = along.element(i / along.count(), i % along.count());
      if (place >= 0 && place < size) {
        matrix[place * width + i] = 1;
      }
    }
    Tensor meeting = Tensor.of(matrix, size, width).cast(like.type().dtype());
    return call.constant("meeting", meeting);
  }
}
