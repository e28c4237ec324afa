package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.List;
import java.util.stream.LongStream;

/**
 * TensorFlow's functions that tell shapes, and those that take them. What sizes a call asks for is
 * read off the type of its result, so that the computation of the sizes itself is needed no more.
 */
final class Keras3Shapes {

  private Keras3Shapes() {}

  static void addTo(ComposedCalls table) {
    table.when("tf.broadcast_to", Keras3Shapes::isOpen, call -> spread(call, call.arg("input")));
    table.add("tf.ensure_shape", call -> call.add("Copy", call.arg("x")));
    table.add("tf.fill", call -> times(call, ones(call), call.arg("value")));
    table.add("tf.keras.backend.batch_flatten", call -> reshaped(call, call.arg("x")));
    table.add("tf.ones", Keras3Shapes::ones);
    table.add("tf.range", Keras3Shapes::range);
    table.when("tf.repeat", call -> call.isComputed("repeats"), Keras3Shapes::repeated);
    table.when(
        "tf.reshape", call -> call.isComputed("shape"), call -> reshaped(call, call.arg("tensor")));
    table.add("tf.sequence_mask", Keras3Shapes::isWithin);
    table.add("tf.shape", Keras3Shapes::shape);
    table.add("tf.size", Keras3Shapes::size);
    table.when("tf.tile", call -> call.isComputed("multiples"), Keras3Shapes::tiled);
    table.add("tf.zeros", call -> times(call, ones(call), Literals.of(0)));
  }

  private static boolean isOpen(ComposedCall call) {
    return !call.result().shape().isFixed() || call.isComputed("shape");
  }

  private static Argument ones(ComposedCall call) {
    return OpenSizes.ones(call, call.result().shape().dims(), number(call.result().dtype()));
  }

  /** Booleans are counted as whole numbers. */
  private static DataType number(DataType dtype) {
    return dtype == DataType.BOOL ? DataType.INT32 : dtype;
  }

  private static Argument times(ComposedCall call, Argument ones, Argument value) {
    Argument own = value;
    if (value instanceof Argument.Of) {
      own = call.cast(value, call.type(ones).dtype());
    } else if (call.result().dtype() == DataType.BOOL) {
      boolean set = value instanceof Argument.Literal l && l.value().equals(Tree.of(true));
      own = Literals.of(set ? 1 : 0);
    }
    return own.equals(Literals.of(1)) ? ones : call.add("Multiply", ones, own);
  }

  /** A tensor along axes of size 1. */
  private static Argument spread(ComposedCall call, Argument x) {
    Shape shape = call.result().shape();
    if (shape.isFixed()) {
      return call.add("BroadcastTo", List.of(x), "shape", sizes(shape.dims()));
    }
    return times(call, ones(call), x);
  }

  private static List<Long> sizes(List<Dim> dims) {
    return dims.stream().map(dim -> dim.isFixed() ? dim.size() : -1).toList();
  }

  /**
   * Sizes by number, all but one. Where one more is not known, it must be that of the batch: the
   * layer Reshape leaves that as it is.
   */
  private static Argument reshaped(ComposedCall call, Argument x) {
    List<Dim> dims = call.result().shape().dims();
    if (open(dims) <= 1) {
      return call.add("Reshape", List.of(x), "newshape", sizes(dims));
    }
    Shape own = call.shape(x);
    boolean ofBatch = own.rank() > 1 && own.dim(0).equals(dims.get(0));
    List<Dim> behind = dims.subList(1, dims.size());
    if (!ofBatch || open(behind) > 1) {
      throw new Inexpressible(
          "must reshape to sizes that are known, all but the batch and one more",
          call.result().toString());
    }
    List<Integer> target = sizes(behind).stream().map(Math::toIntExact).toList();
    return call.add("reshape", new Reshape(target), x);
  }

  private static long open(List<Dim> dims) {
    return dims.stream().filter(dim -> !dim.isFixed()).count();
  }

  /** Axes of size 1 are spread, others repeated so many times as the sizes tell. */
  private static Argument tiled(ComposedCall call) {
    Argument x = call.arg("input");
    return stretched(call, x, call.shape(x), "Tile");
  }

  private static Argument repeated(ComposedCall call) {
    Argument x = call.arg("input");
    if (call.isNone("axis")) {
      x = call.add("Ravel", x);
    }
    return stretched(call, x, call.shape(x), "Repeat");
  }

  private static Argument stretched(ComposedCall call, Argument x, Shape own, String function) {
    Shape result = call.result().shape();
    Argument stretched = x;
    for (int axis = 0; axis < own.rank(); axis++) {
      Dim from = own.dim(axis);
      Dim to = result.dim(axis);
      if (from.equals(to) || from.equals(Dim.of(1))) {
        continue;
      }
      if (!from.isFixed() || !to.isFixed() || from.size() == 0) {
        throw new Inexpressible(
            "must repeat a known number of times where the axis is not of size 1",
            from + " to " + to);
      }
      long times = to.size() / from.size();
      stretched =
          function.equals("Repeat")
              ? call.add("Repeat", List.of(stretched), "repeats", times, "axis", axis)
              : call.add("Tile", List.of(stretched), "repeats", alone(own.rank(), axis, times, 1));
    }
    return times(call, ones(call), stretched);
  }

  /** A number in its place among others. */
  private static List<Long> alone(int rank, int axis, long number, long other) {
    return LongStream.range(0, rank).map(i -> i == axis ? number : other).boxed().toList();
  }

  /** Numbers from a start, as many as the result has. */
  private static Argument range(ComposedCall call) {
    boolean fromZero = call.isNone("limit");
    double start = fromZero ? 0 : call.number("start");
    double delta = call.number("delta");
    return OpenSizes.range(call, call.result().shape().dim(0), start, delta, call.result().dtype());
  }

  /** Whether a place is before the length. */
  private static Argument isWithin(ComposedCall call) {
    Argument lengths = call.arg("lengths");
    Shape shape = call.result().shape();
    DataType dtype = call.type(lengths).dtype();
    Dim count = shape.dim(shape.rank() - 1);
    Argument column = call.add("ExpandDims", List.of(lengths), "axis", -1);
    Argument places =
        count.isFixed()
            ? OpenSizes.numbers(count.size(), 0, 1, dtype)
            : OpenSizes.range(call, count, 0, 1, dtype);
    return call.add("Greater", column, places);
  }

  /** The sizes that are known, and those that are counted in their places. */
  private static Argument shape(ComposedCall call) {
    List<Dim> dims = call.type("input").shape().dims();
    DataType dtype = call.result().dtype();
    List<Long> known = dims.stream().map(dim -> dim.isFixed() ? dim.size() : 0).toList();
    Argument sizes = Literals.array(dtype, known);
    if (open(dims) == 0) {
      return call.add("Multiply", OpenSizes.one(call, dtype), sizes);
    }
    for (int axis = 0; axis < dims.size(); axis++) {
      if (!dims.get(axis).isFixed()) {
        Argument count = OpenSizes.count(call, dims.get(axis), dtype);
        Argument place = Literals.array(dtype, alone(dims.size(), axis, 1, 0));
        Argument placed = call.add("Multiply", count, place);
        sizes = call.add("Add", placed, sizes);
      }
    }
    return sizes;
  }

  private static Argument size(ComposedCall call) {
    return call.add("Size", call.arg("input"));
  }
}
