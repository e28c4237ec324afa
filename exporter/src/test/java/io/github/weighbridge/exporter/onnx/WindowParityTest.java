package io.github.weighbridge.exporter.onnx;

import static io.github.weighbridge.core.tensor.DataType.FLOAT32;
import static io.github.weighbridge.core.tensor.DataType.INT32;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.ConvTranspose;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Resize;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Convolutions, pools and enlargements of random sizes, in one to three dimensions. */
class WindowParityTest {

  @TempDir Path folder;

  private record Row(String name, Consumer<Sample> sample) {}

  @TestFactory
  Stream<DynamicTest> windows() {
    List<Row> rows = new ArrayList<>();
    for (int rank = 1; rank <= 3; rank++) {
      for (boolean open : new boolean[] {false, true}) {
        String where = " of rank " + rank + (open ? " and unknown size" : "");
        int r = rank;
        rows.add(new Row("Conv" + where, s -> conv(s, r, open, 1)));
        rows.add(new Row("Conv in groups" + where, s -> conv(s, r, open, 2)));
        rows.add(new Row("Conv same" + where, s -> same(s, r, open)));
        rows.add(new Row("ConvTranspose" + where, s -> convTranspose(s, r, open)));
        for (Pool.Kind kind : Pool.Kind.values()) {
          rows.add(new Row("Pool " + kind + where, s -> pool(s, kind, r, open, false)));
          rows.add(new Row("Pool same " + kind + where, s -> pool(s, kind, r, open, true)));
        }
        for (Resize.Method method : Resize.Method.values()) {
          if (method != Resize.Method.CUBIC || rank == 2) {
            rows.add(new Row("Resize " + method + where, s -> resize(s, method, r, open)));
            rows.add(new Row("Resize to " + method + where, s -> resizeTo(s, method, r, open)));
          }
        }
      }
    }
    rows.add(new Row("Conv with a computed kernel", WindowParityTest::computedKernel));
    rows.add(new Row("Pool of int32", WindowParityTest::poolOfWholeNumbers));
    return Parity.tests(folder, rows.stream(), Row::name, Row::sample);
  }

  private static List<Integer> each(int rank, IntSupplier number) {
    return IntStream.range(0, rank).mapToObj(i -> number.getAsInt()).toList();
  }

  private static Value image(Sample s, int rank, int channels, boolean open) {
    long[] sizes = new long[rank + 2];
    sizes[0] = s.size(1, 2);
    sizes[1] = channels;
    for (int i = 0; i < rank; i++) {
      sizes[i + 2] = s.size(6, 9);
    }
    Tensor tensor = s.numbers(FLOAT32, sizes);
    return open ? s.input(tensor, openAxes(rank)) : s.input(tensor);
  }

  /** All but the channels. */
  private static int[] openAxes(int rank) {
    return IntStream.range(0, rank + 2).filter(i -> i != 1).toArray();
  }

  private static Value kernel(Sample s, List<Integer> size, long... channels) {
    long[] sizes = new long[size.size() + 2];
    for (int i = 0; i < size.size(); i++) {
      sizes[i] = size.get(i);
    }
    System.arraycopy(channels, 0, sizes, size.size(), 2);
    return s.weight(sizes);
  }

  private static void conv(Sample s, int rank, boolean open, int groups) {
    List<Integer> size = each(rank, () -> s.size(1, 3));
    Padding padding = Padding.of(each(rank, () -> s.size(0, 2)), each(rank, () -> s.size(0, 2)));
    List<Integer> strides = each(rank, () -> s.size(1, 3));
    Window window = new Window(size, strides, each(rank, () -> s.size(1, 2)), padding);
    Value image = image(s, rank, 2 * groups, open);
    Value bias = s.random.nextBoolean() ? s.weight(3L * groups) : null;
    s.output(new Conv(window, groups, 1), image, kernel(s, size, 2, 3L * groups), bias);
  }

  /** Strides or dilations, as Keras has it. */
  private static void same(Sample s, int rank, boolean open) {
    List<Integer> size = each(rank, () -> s.size(1, 4));
    boolean strided = s.random.nextBoolean();
    List<Integer> strides = each(rank, () -> strided ? s.size(1, 3) : 1);
    List<Integer> dilations = each(rank, () -> strided ? 1 : s.size(1, 2));
    Window window = new Window(size, strides, dilations, Padding.sameAtRunTime(rank));
    s.output(new Conv(window, 1, 1), image(s, rank, 2, open), kernel(s, size, 2, 3), s.weight(3));
  }

  private static void convTranspose(Sample s, int rank, boolean open) {
    List<Integer> size = each(rank, () -> s.size(2, 4));
    List<Integer> strides = each(rank, () -> s.size(1, 3));
    Padding cut = Padding.of(each(rank, () -> s.size(0, 1)), each(rank, () -> s.size(0, 1)));
    Window window = new Window(size, strides, each(rank, () -> s.size(1, 2)), cut);
    List<Integer> more = strides.stream().map(stride -> s.size(0, stride - 1)).toList();
    s.output(
        new ConvTranspose(window, more, 1),
        image(s, rank, 3, open),
        kernel(s, size, 2, 3),
        s.random.nextBoolean() ? s.weight(2) : null);
  }

  private static void pool(Sample s, Pool.Kind kind, int rank, boolean open, boolean same) {
    List<Integer> size = each(rank, () -> s.size(2, 3));
    Padding padding =
        same
            ? Padding.sameAtRunTime(rank)
            : Padding.of(each(rank, () -> s.size(0, 1)), each(rank, () -> s.size(0, 1)));
    Window window = Window.of(size, each(rank, () -> s.size(1, 3)), padding);
    s.output(new Pool(kind, window, 1), image(s, rank, 3, open));
  }

  private static void resize(Sample s, Resize.Method method, int rank, boolean open) {
    List<Integer> factors = each(rank, () -> s.size(1, 3));
    s.output(Resize.by(method, factors, 1), image(s, rank, 2, open));
  }

  private static void resizeTo(Sample s, Resize.Method method, int rank, boolean open) {
    List<Integer> sizes = each(rank, () -> s.size(1, 9));
    s.output(Resize.to(method, sizes, 1), image(s, rank, 2, open));
  }

  private static void computedKernel(Sample s) {
    Window window = Window.of(List.of(2, 2), List.of(1, 1), Padding.none(2));
    s.output(new Conv(window, 1, 1), s.floats(1, 3, 5, 4), s.floats(2, 2, 3, 2));
  }

  private static void poolOfWholeNumbers(Sample s) {
    Window window = Window.of(List.of(2), List.of(2), Padding.none(1));
    DataType dtype = INT32;
    s.output(new Pool(Pool.Kind.MAX, window, 1), s.input(s.numbers(dtype, 2, 3, 6)));
  }
}
