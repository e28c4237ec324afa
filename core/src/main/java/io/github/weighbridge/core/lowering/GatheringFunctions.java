package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.GatherElements;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Functions that take elements by index. */
final class GatheringFunctions {

  private GatheringFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("Slice(inputs, start_indices, shape)", GatheringFunctions::slice);
    table.add("Take(x, indices, axis=None)", GatheringFunctions::take);
    table.add("TakeAlongAxis(x, indices, axis=None)", GatheringFunctions::takeAlongAxis);
  }

  private static Value take(FunctionCall call) {
    Value x = lineIfNoAxis(call);
    int axis = call.isNone("axis") ? 0 : call.axis("axis", x);
    Value indices = fromFront(call, call.tensor("indices"), x, axis);
    return call.add("take", new Gather(axis, 0), x, indices);
  }

  private static Value lineIfNoAxis(FunctionCall call) {
    Value x = call.tensor("x");
    return call.isNone("axis") ? Shapes.flat(call, x) : x;
  }

  /** Indices counted from the front, where negative ones count from the end. */
  static Value fromFront(FunctionCall call, Value indices, Value x, int axis) {
    DataType dtype = indices.type().dtype();
    boolean unsigned = dtype.kind() == DataType.Kind.UNSIGNED;
    boolean known =
        call.constantOf(indices)
            .filter(weight -> Arrays.stream(weight.load().longs()).allMatch(i -> i >= 0))
            .isPresent();
    if (unsigned || known) {
      return indices;
    }
    Value size = Shapes.size(call, x, axis, dtype);
    Value counted = call.binary(BinaryFunction.ADD, indices, size);
    Value negative = call.binary(BinaryFunction.LESS, indices, 0);
    return call.add("indices", new Where(), negative, counted, indices);
  }

  /** The other axes broadcast against each other. */
  private static Value takeAlongAxis(FunctionCall call) {
    Value x = lineIfNoAxis(call);
    int axis = call.isNone("axis") ? 0 : call.axis("axis", x);
    Value indices = call.as(DataType.INT64, "indices").get(0);
    if (indices.type().rank() != x.type().rank()) {
      throw new IllegalArgumentException(
          "'indices' must have as many axes as " + x.type() + ", is " + indices.type());
    }
    Value wide = spread(call, x, indices, axis);
    Value own = spread(call, fromFront(call, indices, x, axis), x, axis);
    return call.add("take", new GatherElements(axis), wide, own);
  }

  /** An array with its axes of size 1, but for one axis, repeated to those of another array. */
  private static Value spread(FunctionCall call, Value x, Value other, int axis) {
    Shape own = x.type().shape();
    List<DimSource> dims = new ArrayList<>();
    boolean repeats = false;
    for (int i = 0; i < own.rank(); i++) {
      Dim theirs = other.type().shape().dim(i);
      boolean repeated = i != axis && own.dim(i).equals(Dim.of(1)) && !theirs.equals(Dim.of(1));
      dims.add(repeated ? DimSource.of(theirs, 1, i) : DimSource.of(own.dim(i), 0, i));
      repeats |= repeated;
    }
    return repeats ? call.add("spread", new Expand(dims), x, other) : x;
  }

  private static Value slice(FunctionCall call) {
    Value x = call.tensor("inputs");
    List<Integer> sizes = call.wholes("shape");
    requireCount("shape", sizes.size(), x);
    if (call.isComputed("start_indices")) {
      return sliceFrom(call, x, call.tensor("start_indices"), sizes);
    }
    List<Integer> starts = call.wholes("start_indices");
    requireCount("start_indices", starts.size(), x);
    List<Long> begin = new ArrayList<>();
    List<Long> end = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      Dim dim = x.type().shape().dim(i);
      long last = sizes.get(i) < 0 ? Slice.TO_END : (long) starts.get(i) + sizes.get(i);
      if (starts.get(i) < 0 || (last != Slice.TO_END && dim.isFixed() && last > dim.size())) {
        throw new IllegalArgumentException(
            "a slice of " + sizes + " from " + starts + " must lie within " + x.type());
      }
      begin.add((long) starts.get(i));
      end.add(last);
    }
    List<Integer> axes = IntStream.range(0, sizes.size()).boxed().toList();
    List<Long> steps = Collections.nCopies(sizes.size(), 1L);
    return call.add("slice", new Slice(axes, begin, end, steps), x);
  }

  /** A slice from a place that is computed: axis by axis, as many elements from its start on. */
  private static Value sliceFrom(FunctionCall call, Value x, Value starts, List<Integer> sizes) {
    Value result = x;
    for (int axis = 0; axis < sizes.size(); axis++) {
      int size = sizes.get(axis);
      if (size < 0) {
        throw call.unsupported("'shape' must be known where the start is not", sizes.toString());
      }
      long at = axis;
      Slice one = new Slice(List.of(0), List.of(at), List.of(at + 1), List.of(1L));
      int[] places = IntStream.range(0, size).toArray();
      Value start = call.cast(call.add("start", one, starts), DataType.INT32);
      Value indices =
          call.binary(BinaryFunction.ADD, start, call.constant("places", Tensor.of(places, size)));
      result = call.add("slice", new Gather(axis, 0), result, indices);
    }
    return result;
  }

  private static void requireCount(String name, int count, Value x) {
    if (count != x.type().rank()) {
      throw new IllegalArgumentException(
          "'" + name + "' must have a number for each axis of " + x.type() + ", has " + count);
    }
  }
}
