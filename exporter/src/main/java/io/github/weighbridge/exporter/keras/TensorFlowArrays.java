package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Functions of {@code keras.ops} that move, join and take apart. */
final class TensorFlowArrays {

  private TensorFlowArrays() {}

  static void addTo(ComposedCalls table) {
    table.add("Append", TensorFlowArrays::appended);
    table.addAll("ArraySplit", call -> split(call, call.whole("axis")));
    table.addAll("Dsplit", call -> split(call, 2));
    table.addAll("Hsplit", call -> split(call, call.rank(call.arg("x")) == 1 ? 0 : 1));
    table.addAll("Vsplit", call -> split(call, 0));
    table.addAll("Split", call -> split(call, call.whole("axis")));
    for (String function : List.of("Concatenate", "Stack")) {
      table.when(
          function,
          TensorFlowArrays::areMixed,
          call -> {
            Argument parts = alike(call);
            return call.add(function, List.of(parts), "axis", call.arg("axis"));
          });
    }
    table.add("CropImages", TensorFlowArrays::cropped);
    table.add("Fliplr", call -> call.add("Flip", List.of(call.arg("x")), "axis", 1));
    table.add("Flipud", call -> call.add("Flip", List.of(call.arg("x")), "axis", 0));
    table.add("FullLike", TensorFlowArrays::filledLike);
    table.when(
        "Argsort",
        call -> call.isNone("axis"),
        call -> call.add("Argsort", List.of(call.add("Ravel", call.arg("x"))), "axis", 0));
    table.add("Dstack", call -> joined(call, 2));
    table.when("ExpandDims", call -> call.wholes("axis").size() != 1, TensorFlowArrays::expanded);
    table.add("Hstack", call -> joined(call, 1));
    table.add("Moveaxis", TensorFlowArrays::moved);
    table.add("Ptp", TensorFlowArrays::range);
    table.add("Size", call -> call.add("tf.size", call.arg("x")));
    table.add("Sort", TensorFlowArrays::sorted);
    table.add("Swapaxes", TensorFlowArrays::swapped);
    table.add("Slice", TensorFlowArrays::sliced);
    table.add("Take", TensorFlowArrays::taken);
    table.when(
        "Tile",
        call -> call.wholes("repeats").size() != call.rank(call.arg("x")),
        TensorFlowArrays::tiled);
    table.add("Vstack", call -> joined(call, 0));
  }

  private static Argument expanded(ComposedCall call) {
    int rank = call.result().rank();
    Argument expanded = call.arg("x");
    for (int axis : counted(call, "axis", rank).stream().sorted().toList()) {
      expanded = call.add("ExpandDims", List.of(expanded), "axis", axis);
    }
    return expanded;
  }

  /** Arrays that have the axis; of fewer axes they would be given some. */
  private static Argument joined(ComposedCall call, int axis) {
    Argument all = call.arg("xs");
    boolean wide = all.values().stream().allMatch(x -> x.type().rank() > Math.max(axis, 1));
    if (!wide) {
      throw new Inexpressible("must join arrays along an axis that they have", all.toString());
    }
    return call.add("Concatenate", List.of(alike(call)), "axis", axis);
  }

  private static String list(ComposedCall call) {
    return call.has("xs") ? "xs" : "x";
  }

  private static boolean areMixed(ComposedCall call) {
    return call.arg(list(call)).values().stream()
        .anyMatch(x -> x.type().dtype() != call.result().dtype());
  }

  /** The list as tensors of the type of the result. */
  private static Argument alike(ComposedCall call) {
    Argument all = call.arg(list(call));
    if (!(all instanceof Argument.Items items)) {
      throw new Inexpressible("must join a list of tensors", all.toString());
    }
    return new Argument.Items(
        items.elements().stream()
            .map(part -> call.cast(call.tensor(part), call.result().dtype()))
            .toList());
  }

  private static Argument sorted(ComposedCall call) {
    Argument x = call.arg("x");
    return call.isNone("axis")
        ? call.add("tf.sort", List.of(call.add("Ravel", x)), "axis", 0)
        : call.add("tf.sort", List.of(x), "axis", call.arg("axis"));
  }

  private static Argument sliced(ComposedCall call) {
    List<Integer> starts = call.wholes("start_indices");
    List<Tree> key = new ArrayList<>();
    for (int axis = 0; axis < starts.size(); axis++) {
      long start = starts.get(axis);
      key.add(Literals.slice(start, start + call.resultSize(0, axis), null));
    }
    return call.items(call.arg("inputs"), key);
  }

  /** Negative indices count from the end, which TensorFlow does not do. */
  private static Argument taken(ComposedCall call) {
    boolean line = call.isNone("axis");
    Argument x = line ? call.add("Ravel", call.arg("x")) : call.tensor(call.arg("x"));
    int axis = line ? 0 : Math.floorMod(call.whole("axis"), call.rank(x));
    Dim dim = call.shape(x).dim(axis);
    Argument size =
        dim.isFixed()
            ? Literals.of(dim.size())
            : call.items(call.add("tf.shape", x), List.of(Tree.of(axis)));
    Argument indices = call.arg("indices");
    Argument own = indices instanceof Argument.Of ? call.cast(indices, DataType.INT32) : indices;
    if (own instanceof Argument.Of) {
      Argument before = call.add("Less", own, Literals.of(0));
      own = call.add("Where", before, call.add("Add", own, size), own);
    } else if (own instanceof Argument.Literal literal) {
      own = new Argument.Literal(fromFront(literal.value(), dim));
    }
    return call.add("tf.gather", List.of(x), "indices", own, "axis", axis);
  }

  private static Tree fromFront(Tree indices, Dim dim) {
    if (indices instanceof Tree.Obj object) {
      Tree.Obj config = object.object("config").orElse(Tree.object());
      return fromFront(config.get("value").orElse(Tree.none()), dim);
    }
    if (indices.isArray()) {
      return Tree.of(indices.items().stream().map(index -> fromFront(index, dim)).toList());
    }
    long index = indices.asLong().orElse(0L);
    if (index < 0 && !dim.isFixed()) {
      throw new Inexpressible("must count indices from the front, in TensorFlow", "" + index);
    }
    return Tree.of(index < 0 ? index + dim.size() : index);
  }

  /** As many numbers as axes: missing ones are 1, missing axes of size 1. */
  private static Argument tiled(ComposedCall call) {
    Argument x = call.arg("x");
    List<Integer> repeats = new ArrayList<>(call.wholes("repeats"));
    while (repeats.size() < call.rank(x)) {
      repeats.add(0, 1);
    }
    while (call.rank(x) < repeats.size()) {
      x = call.add("ExpandDims", List.of(x), "axis", 0);
    }
    return call.add("Tile", List.of(x), "repeats", repeats);
  }

  private static Argument appended(ComposedCall call) {
    List<Argument> parts = new ArrayList<>();
    for (String name : List.of("x1", "x2")) {
      Argument own = call.cast(call.tensor(call.arg(name)), call.result().dtype());
      parts.add(call.isNone("axis") ? call.add("Ravel", own) : own);
    }
    Argument axis = call.isNone("axis") ? Literals.of(0) : call.arg("axis");
    return call.add("Concatenate", List.of(new Argument.Items(parts)), "axis", axis);
  }

  /** By the sizes of the parts. */
  private static List<Argument> split(ComposedCall call, int counted) {
    Argument x = call.arg("x");
    int axis = Math.floorMod(counted, call.rank(x));
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < call.results().size(); i++) {
      sizes.add(call.resultSize(i, axis));
    }
    return call.addAll("tf.split", List.of(x), "num_or_size_splits", sizes, "axis", axis);
  }

  private static Argument cropped(ComposedCall call) {
    Argument x = call.arg("images");
    boolean first =
        !call.isNone("data_format") && call.text("data_format").equals("channels_first");
    int rank = call.rank(x);
    int rows = rank - (first ? 2 : 3);
    Tree[] key = new Tree[rank];
    Arrays.fill(key, Literals.all());
    for (int i = 0; i < 2; i++) {
      int axis = rows + i;
      long size = call.resultSize(0, axis);
      long whole = call.size(x, axis);
      String begin = i == 0 ? "top_cropping" : "left_cropping";
      String end = i == 0 ? "bottom_cropping" : "right_cropping";
      long start = call.isNone(begin) ? whole - size - call.whole(end) : call.whole(begin);
      key[axis] = Literals.slice(start, start + size, null);
    }
    return call.items(x, List.of(key));
  }

  private static Argument filledLike(ComposedCall call) {
    Argument zeros =
        call.add("ZerosLike", List.of(call.arg("x")), "dtype", call.result().dtype().kerasName());
    Argument value = call.arg("fill_value");
    Argument own = value instanceof Argument.Of ? call.cast(value, call.result().dtype()) : value;
    return call.add("Add", zeros, own);
  }

  private static Argument transposed(ComposedCall call, List<Integer> axes) {
    return call.add("Transpose", List.of(call.arg("x")), "axes", axes);
  }

  private static Argument moved(ComposedCall call) {
    int rank = call.result().rank();
    List<Integer> from = counted(call, "source", rank);
    List<Integer> to = counted(call, "destination", rank);
    Integer[] axes = new Integer[rank];
    for (int i = 0; i < from.size(); i++) {
      axes[to.get(i)] = from.get(i);
    }
    List<Integer> others =
        new ArrayList<>(
            IntStream.range(0, rank).filter(axis -> !from.contains(axis)).boxed().toList());
    for (int i = 0; i < rank; i++) {
      axes[i] = axes[i] == null ? others.remove(0) : axes[i];
    }
    return transposed(call, List.of(axes));
  }

  private static List<Integer> counted(ComposedCall call, String name, int rank) {
    return call.wholes(name).stream().map(axis -> Math.floorMod(axis, rank)).toList();
  }

  private static Argument swapped(ComposedCall call) {
    int rank = call.result().rank();
    List<Integer> axes = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.swap(
        axes, Math.floorMod(call.whole("axis1"), rank), Math.floorMod(call.whole("axis2"), rank));
    return transposed(call, axes);
  }

  private static Argument range(ComposedCall call) {
    return call.add("Subtract", extreme(call, "Max"), extreme(call, "Min"));
  }

  private static Argument extreme(ComposedCall call, String function) {
    return call.add(
        function,
        List.of(call.arg("x")),
        "axis",
        call.arg("axis"),
        "keepdims",
        call.flag("keepdims"));
  }
}
