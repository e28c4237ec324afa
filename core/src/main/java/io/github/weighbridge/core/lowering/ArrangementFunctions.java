package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Functions that turn, move, repeat or frame the elements along axes. */
final class ArrangementFunctions {

  private ArrangementFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("Diff(a, n=1, axis=-1)", ArrangementFunctions::diff);
    table.add(
        "Flip(x, axis=None)",
        call -> flipped(call, call.tensor("x"), call.axes("axis", call.tensor("x"))));
    table.add("Fliplr(x)", call -> flipped(call, call.tensor("x"), List.of(1)));
    table.add("Flipud(x)", call -> flipped(call, call.tensor("x"), List.of(0)));
    table.add(
        "Pad(x, constant_values=None, pad_width, mode='constant')", ArrangementFunctions::pad);
    table.add("Rearrange(tensor, pattern, **axes_lengths)", AxesPattern::rearranged);
    table.add("Repeat(x, repeats, axis=None)", ArrangementFunctions::repeat);
    table.add("Roll(x, shift, axis=None)", ArrangementFunctions::roll);
    table.add("Rot90(array, k=1, axes=(0, 1))", ArrangementFunctions::rot90);
    table.add("Tile(x, repeats)", ArrangementFunctions::tile);
  }

  private static Value flat(FunctionCall call, Value x) {
    return x.type().rank() == 1
        ? x
        : call.add("flat", new Reshape(List.of(new DimSource.Rest())), x);
  }

  private static Value flipped(FunctionCall call, Value x, List<Integer> axes) {
    Value result = x;
    for (int axis : axes) {
      result = call.add("flip", Slice.reversed(axis), result);
    }
    return result;
  }

  /** A quarter turn is the one axis in opposite order, then both exchanged. */
  private static Value rot90(FunctionCall call) {
    Value x = call.tensor("array");
    List<Integer> plane =
        call.wholes("axes").stream().map(axis -> Rules.axis(axis, x.type().rank())).toList();
    Rules.require(
        plane.size() == 2 && !plane.get(0).equals(plane.get(1)),
        "'axes' must be two axes, is " + plane);
    List<Integer> perm = new ArrayList<>(IntStream.range(0, x.type().rank()).boxed().toList());
    Collections.swap(perm, plane.get(0), plane.get(1));
    Transpose exchange = new Transpose(perm);
    return switch (Math.floorMod(call.whole("k"), 4)) {
      case 1 -> call.add("rot90", exchange, flipped(call, x, List.of(plane.get(1))));
      case 2 -> halfTurn(call, x, plane);
      case 3 -> flipped(call, call.add("rot90", exchange, x), List.of(plane.get(1)));
      default -> x;
    };
  }

  /** TensorFlow's back end of Keras 3.15 mixes the elements of other planes up. */
  private static Value halfTurn(FunctionCall call, Value x, List<Integer> plane) {
    Shape shape = x.type().shape();
    if (!shape.dim(plane.get(0)).equals(shape.dim(plane.get(1)))) {
      throw call.unsupported("a plane that is turned twice must be square", shape.toString());
    }
    return flipped(call, x, plane);
  }

  private static Value roll(FunctionCall call) {
    Value x = call.tensor("x");
    List<Integer> shifts = call.wholes("shift");
    if (call.isNone("axis")) {
      int shift = shifts.stream().mapToInt(Integer::intValue).sum();
      Value rolled = rolled(call, flat(call, x), shift, 0);
      return call.add("roll", Shapes.like(x.type().shape(), 1), rolled, x);
    }
    List<Integer> axes = call.wholes("axis");
    Rules.require(
        axes.size() == shifts.size(), "'shift' and 'axis' must have one number for each axis");
    Value result = x;
    for (int i = 0; i < axes.size(); i++) {
      result = rolled(call, result, shifts.get(i), Rules.axis(axes.get(i), x.type().rank()));
    }
    return result;
  }

  /** The end of the axis, then its beginning. */
  private static Value rolled(FunctionCall call, Value x, int shift, int axis) {
    long size = call.knownSize(x, axis);
    long begin = size == 0 ? 0 : Math.floorMod(-shift, size);
    if (begin == 0) {
      return x;
    }
    return call.add(
        "rolled",
        new Concat(axis),
        call.add("end", Slice.of(axis, begin, Slice.TO_END), x),
        call.add("begin", Slice.of(axis, 0, begin), x));
  }

  private static Value repeat(FunctionCall call) {
    Value own = call.tensor("x");
    Value x = call.isNone("axis") ? flat(call, own) : own;
    int axis = call.isNone("axis") ? 0 : call.axis("axis", x);
    List<Integer> repeats = call.wholes("repeats");
    Rules.require(repeats.stream().allMatch(count -> count >= 0), "'repeats' must not be negative");
    if (repeats.size() == 1) {
      return repeated(call, x, axis, repeats.get(0), axis + 1);
    }
    long size = call.knownSize(x, axis);
    Rules.require(repeats.size() == size, repeats.size() + " repeats for an axis of size " + size);
    long[] places =
        IntStream.range(0, repeats.size())
            .flatMap(i -> Collections.nCopies(repeats.get(i), i).stream().mapToInt(at -> at))
            .asLongStream()
            .toArray();
    Value indices = call.constant("places", Tensor.of(places, places.length));
    return call.add("repeat", new Gather(axis, 0), x, indices);
  }

  private static Value tile(FunctionCall call) {
    Value x = call.tensor("x");
    List<Integer> repeats = new ArrayList<>(call.wholes("repeats"));
    Rules.require(repeats.stream().allMatch(count -> count >= 0), "'repeats' must not be negative");
    int added = repeats.size() - x.type().rank();
    for (int i = added; i < 0; i++) {
      repeats.add(0, 1);
    }
    Value result =
        added > 0
            ? call.add("widened", new Unsqueeze(IntStream.range(0, added).boxed().toList()), x)
            : x;
    for (int axis = 0; axis < repeats.size(); axis++) {
      result = tiled(call, result, axis, repeats.get(axis));
    }
    return result;
  }

  /** An axis so many times, each copy whole. */
  static Value tiled(FunctionCall call, Value x, int axis, int count) {
    return repeated(call, x, axis, count, axis);
  }

  /**
   * An axis several times as long.
   *
   * @param place where the copies stand as an axis of their own: before the axis they follow each
   *     other whole, behind it each element is repeated
   */
  private static Value repeated(FunctionCall call, Value x, int axis, int count, int place) {
    if (count == 1) {
      return x;
    }
    Value widened = call.add("copies", new Unsqueeze(List.of(place)), x);
    List<DimSource> copies = new ArrayList<>();
    List<DimSource> merged = new ArrayList<>();
    for (int i = 0; i < x.type().rank(); i++) {
      Dim dim = x.type().shape().dim(i);
      copies.add(DimSource.of(dim, 1, i));
      if (i == axis) {
        merged.add(dim.isFixed() ? new DimSource.Fixed(dim.size() * count) : new DimSource.Rest());
      } else {
        merged.add(DimSource.of(dim, 1, i));
      }
    }
    copies.add(place, new DimSource.Fixed(count));
    Value expanded = call.add("repeated", new Expand(copies), widened, x);
    return call.add("merged", new Reshape(merged), expanded, x);
  }

  private static Value diff(FunctionCall call) {
    Value x = call.tensor("a");
    int axis = call.axis("axis", x);
    for (int i = 0; i < call.whole("n"); i++) {
      Value after = call.add("after", Slice.of(axis, 1, Slice.TO_END), x);
      Value before = call.add("before", Slice.of(axis, 0, -1), x);
      x =
          call.binary(
              x.type().dtype() == DataType.BOOL
                  ? BinaryFunction.LOGICAL_XOR
                  : BinaryFunction.SUBTRACT,
              after,
              before);
    }
    return x;
  }

  private static Value pad(FunctionCall call) {
    Value x = call.tensor("x");
    List<Long> begin = new ArrayList<>();
    List<Long> end = new ArrayList<>();
    widths(call, "pad_width", x.type().rank(), begin, end);
    double value = call.isNone("constant_values") ? 0 : call.number("constant_values");
    return padded(call, x, begin, end, call.text("mode"), value);
  }

  /** With so much before and after each axis, of a mode's elements. */
  static Value padded(
      FunctionCall call, Value x, List<Long> begin, List<Long> end, String mode, double value) {
    return switch (mode) {
      case "constant" -> call.add("pad", new Pad(begin, end, Pad.Mode.CONSTANT, value), x);
      case "reflect" -> call.add("pad", new Pad(begin, end, Pad.Mode.REFLECT, 0), x);
      case "symmetric" -> symmetric(call, x, begin, end);
      default -> throw call.unsupported("'mode' must be constant, reflect or symmetric", mode);
    };
  }

  /** One number for all, a pair for all, or a pair (or a number alone) for each axis. */
  static void widths(FunctionCall call, String name, int rank, List<Long> begin, List<Long> end) {
    Tree own = call.literal(name);
    List<Tree> pairs =
        !own.isArray() || (!own.items().isEmpty() && !own.items().get(0).isArray())
            ? List.of(own)
            : own.items();
    Rules.require(
        pairs.size() == 1 || pairs.size() == rank,
        "'" + name + "' has " + pairs.size() + " pairs for an array of rank " + rank);
    for (int axis = 0; axis < rank; axis++) {
      Tree pair = pairs.get(pairs.size() == 1 ? 0 : axis);
      List<Tree> items = pair.isArray() ? pair.items() : List.of(pair);
      Rules.require(
          !items.isEmpty() && items.size() <= 2, "'" + name + "' must have pairs, has " + pair);
      begin.add(width(name, items.get(0)));
      end.add(width(name, items.get(items.size() - 1)));
    }
  }

  private static long width(String name, Tree number) {
    return number
        .asLong()
        .filter(width -> width >= 0)
        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' must not have " + number));
  }

  /** Mirrored at the border, the border element twice. */
  private static Value symmetric(FunctionCall call, Value x, List<Long> begin, List<Long> end) {
    Value result = x;
    for (int axis = 0; axis < begin.size(); axis++) {
      List<Value> parts = new ArrayList<>(List.of(result));
      if (begin.get(axis) > 0) {
        parts.add(0, mirrored(call, result, axis, begin.get(axis) - 1, Slice.TO_BEGIN));
      }
      if (end.get(axis) > 0) {
        parts.add(mirrored(call, result, axis, -1, -end.get(axis) - 1));
      }
      if (parts.size() > 1) {
        result = call.add("pad", new Concat(axis), parts.toArray(Value[]::new));
      }
    }
    return result;
  }

  private static Value mirrored(FunctionCall call, Value x, int axis, long from, long to) {
    return call.add(
        "mirrored", new Slice(List.of(axis), List.of(from), List.of(to), List.of(-1L)), x);
  }
}
