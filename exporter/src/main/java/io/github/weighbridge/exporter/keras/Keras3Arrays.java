package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** TensorFlow's functions that take elements, order and encode them. */
final class Keras3Arrays {

  private static final int BEHIND = -1;

  private Keras3Arrays() {}

  static void addTo(ComposedCalls table) {
    table.when("tf.argsort", Keras3Arrays::isDescending, Keras3Arrays::descendingOrder);
    table.add(
        "tf.compat.v1.math.in_top_k",
        call ->
            call.add(
                "InTopK",
                List.of(call.arg("targets"), call.arg("predictions")),
                "k",
                call.arg("k")));
    table.add("tf.compat.v1.where", Keras3Arrays::chosenRows);
    table.add("tf.debugging.check_numerics", call -> call.add("Copy", call.arg("tensor")));
    table.add("tf.gather", Keras3Arrays::gathered);
    table.add("tf.gather_nd", Keras3Arrays::gatheredTuples);
    table.add("tf.linalg.band_part", Keras3Arrays::band);
    table.when(
        "tf.one_hot",
        call -> !call.isNone("on_value") || !call.isNone("off_value"),
        Keras3Arrays::chosenByClass);
    table.add("tf.slice", StridedSlices::ofSizes);
    table.addAll("tf.split", Keras3Arrays::split);
    table.add(
        "tf.sort",
        call -> {
          Argument axis = call.arg("axis");
          Argument sorted = call.add("Sort", List.of(call.arg("values")), "axis", axis);
          return isDescending(call) ? call.add("Flip", List.of(sorted), "axis", axis) : sorted;
        });
    table.add("tf.strided_slice", StridedSlices::items);
    table.when(
        "tf.__operators__.getitem", call -> call.isComputed("slice_spec"), StridedSlices::spec);
  }

  /** Into parts of equal size, or at the places where others begin. */
  private static List<Argument> split(ComposedCall call) {
    Argument x = call.arg("value");
    int axis = Math.floorMod(call.whole("axis"), call.rank(x));
    List<Long> begins = new ArrayList<>();
    Set<Long> sizes = new HashSet<>();
    long begin = 0;
    for (int i = 0; i < call.results().size(); i++) {
      sizes.add(call.resultSize(i, axis));
      begin += call.resultSize(i, axis);
      begins.add(begin);
    }
    Object parts =
        sizes.size() == 1 ? (Object) begins.size() : begins.subList(0, begins.size() - 1);
    return call.addAll("Split", List.of(x), "indices_or_sections", parts, "axis", axis);
  }

  private static boolean isDescending(ComposedCall call) {
    return call.text("direction").equals("DESCENDING");
  }

  /** Equal elements stay in the order in which they stand. */
  private static Argument descendingOrder(ComposedCall call) {
    DataType dtype = call.type("values").dtype();
    if (!dtype.isFloating()) {
      throw new Inexpressible(
          "must order floating-point numbers where it is descending", "" + dtype);
    }
    Argument turned = call.add("Negative", call.arg("values"));
    return call.add("Argsort", List.of(turned), "axis", call.arg("axis"));
  }

  /** A condition of one axis chooses whole rows. */
  private static Argument chosenRows(ComposedCall call) {
    if (call.isNone("x") || call.isNone("y")) {
      throw new Inexpressible("must be given both 'x' and 'y'", "none");
    }
    Argument condition = call.arg("condition");
    int rank = call.result().rank();
    if (condition instanceof Argument.Of && call.rank(condition) == 1 && rank > 1) {
      List<Integer> behind = IntStream.range(1, rank).boxed().toList();
      condition = call.add("ExpandDims", List.of(condition), "axis", behind);
    }
    return call.add("Where", condition, call.arg("x"), call.arg("y"));
  }

  private static Argument gathered(ComposedCall call) {
    Argument x = call.arg("params");
    Argument indices = call.arg("indices");
    int batchDims = call.whole("batch_dims");
    if (batchDims == 0) {
      Argument axis = call.isNone("axis") ? Literals.of(0) : call.arg("axis");
      return call.add("Take", List.of(x, indices), "axis", axis);
    }
    int shared = Math.floorMod(batchDims, call.rank(indices));
    int axis = call.isNone("axis") ? shared : Math.floorMod(call.whole("axis"), call.rank(x));
    int rank = call.rank(x);
    if (axis != shared || call.rank(indices) != shared + 1) {
      throw new Inexpressible(
          "must gather along the axis after 'batch_dims', by an index for each place",
          call.type(x) + " by " + call.type(indices));
    }
    List<Integer> behind = IntStream.range(axis + 1, rank).boxed().toList();
    Argument own =
        behind.isEmpty() ? indices : call.add("ExpandDims", List.of(indices), "axis", behind);
    return call.add("TakeAlongAxis", List.of(x, own), "axis", axis);
  }

  /** Tuples of indices as places in the rows of all the axes that they lead into. */
  private static Argument gatheredTuples(ComposedCall call) {
    Argument x = call.arg("params");
    Argument indices = call.arg("indices");
    if (call.whole("batch_dims") != 0) {
      throw new Inexpressible("must have no 'batch_dims'", "" + call.whole("batch_dims"));
    }
    Shape shape = call.shape(x);
    int depth = Math.toIntExact(call.size(indices, call.rank(indices) - 1));
    if (depth == 0) {
      throw new Inexpressible(
          "must have 'indices' that lead into an axis", call.type(indices).toString());
    }
    List<Long> strides = new ArrayList<>();
    long stride = 1;
    for (int axis = depth - 1; axis >= 0; axis--) {
      strides.add(0, stride);
      stride *= axis == 0 ? 1 : call.size(x, axis);
    }
    List<Long> rows = new ArrayList<>(List.of(-1L));
    for (int axis = depth; axis < shape.rank(); axis++) {
      rows.add(call.size(x, axis));
    }
    Argument weights = Literals.array(call.type(indices).dtype(), strides);
    Argument weighted = call.add("Multiply", indices, weights);
    Argument places = call.add("Sum", List.of(weighted), "axis", BEHIND);
    Argument flat = call.add("Reshape", List.of(x), "newshape", rows);
    return call.add("Take", List.of(flat, places), "axis", 0);
  }

  /** So many diagonals below and above the middle one; all of them where negative. */
  private static Argument band(ComposedCall call) {
    Argument banded = call.arg("input");
    int lower = call.whole("num_lower");
    int upper = call.whole("num_upper");
    if (upper >= 0) {
      banded = call.add("Tril", List.of(banded), "k", upper);
    }
    return lower >= 0 ? call.add("Triu", List.of(banded), "k", -lower) : banded;
  }

  private static Argument chosenByClass(ComposedCall call) {
    Argument axis = call.isNone("axis") ? Literals.of(BEHIND) : call.arg("axis");
    Argument is =
        call.add(
            "OneHot",
            List.of(call.arg("indices")),
            "num_classes",
            call.arg("depth"),
            "axis",
            axis,
            "dtype",
            "bool",
            "sparse",
            false);
    return call.add("Where", is, value(call, "on_value", 1), value(call, "off_value", 0));
  }

  private static Argument value(ComposedCall call, String name, int otherwise) {
    return call.isNone(name) ? Literals.of(otherwise) : call.arg(name);
  }
}
