package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.EQUAL;
import static io.github.weighbridge.core.op.BinaryFunction.LESS;
import static io.github.weighbridge.core.op.BinaryFunction.LOGICAL_AND;
import static io.github.weighbridge.core.op.BinaryFunction.MAXIMUM;
import static io.github.weighbridge.core.op.BinaryFunction.MINIMUM;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.ScatterND;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Functions that put elements where indices say. */
final class ScatteringFunctions {

  private ScatteringFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("Scatter(indices, values, shape)", ScatteringFunctions::scatter);
    table.add(
        "ScatterUpdate(inputs, indices, updates, reduction=None)", ScatteringFunctions::update);
    table.add("SliceUpdate(inputs, start_indices, updates)", ScatteringFunctions::sliceUpdate);
    segments(table, "SegmentMax", ScatterND.Reduction.MAX);
    segments(table, "SegmentMin", ScatterND.Reduction.MIN);
    segments(table, "SegmentProd", ScatterND.Reduction.MULTIPLY);
    segments(table, "SegmentSum", ScatterND.Reduction.ADD);
  }

  /** Into zeros; what meets at a place is added up. */
  private static Value scatter(FunctionCall call) {
    Value values = call.tensor("values");
    List<DimSource> dims = new ArrayList<>();
    call.wholes("shape").forEach(size -> dims.add(new DimSource.Fixed(size)));
    Value zeros = call.add("zeros", new Expand(dims), zero(call, values));
    ScatterND add = new ScatterND(ScatterND.Reduction.ADD);
    return call.add("scatter", add, zeros, call.tensor("indices"), values);
  }

  private static Value zero(FunctionCall call, Value values) {
    return call.scalar("zero", values.type().dtype(), 0);
  }

  private static Value update(FunctionCall call) {
    Value inputs = call.tensor("inputs");
    Value updates = call.cast(call.tensor("updates"), inputs.type().dtype());
    ScatterND.Reduction reduction =
        call.isNone("reduction")
            ? ScatterND.Reduction.NONE
            : switch (call.text("reduction")) {
              case "add" -> ScatterND.Reduction.ADD;
              case "max" -> ScatterND.Reduction.MAX;
              case "min" -> ScatterND.Reduction.MIN;
              case "mul" -> ScatterND.Reduction.MULTIPLY;
              default ->
                  throw new IllegalArgumentException(
                      "'reduction' must be add, max, min or mul, is " + call.text("reduction"));
            };
    return call.add("update", new ScatterND(reduction), inputs, call.tensor("indices"), updates);
  }

  /** Where the start is known the parts around the updates are joined, else places are compared. */
  private static Value sliceUpdate(FunctionCall call) {
    Value inputs = call.tensor("inputs");
    Value updates = call.cast(call.tensor("updates"), inputs.type().dtype());
    Rules.require(
        inputs.type().rank() == updates.type().rank(),
        "'updates' must have as many axes as " + inputs.type() + ", is " + updates.type());
    boolean computed = call.isComputed("start_indices");
    return computed || !inputs.type().shape().isFixed() || !updates.type().shape().isFixed()
        ? replacedAt(call, inputs, updates, call.as(DataType.INT32, "start_indices").get(0))
        : replaced(call, inputs, updates, call.wholes("start_indices"), 0);
  }

  /** Along each axis an element is the update as many places behind the start, if there is one. */
  private static Value replacedAt(FunctionCall call, Value x, Value updates, Value starts) {
    Value moved = updates;
    Value inside = null;
    int rank = x.type().rank();
    for (int axis = 0; axis < rank; axis++) {
      Value count = Shapes.size(call, updates, axis, DataType.INT32);
      Value start = start(call, x, starts, axis, count);
      Value place = call.binary(SUBTRACT, Positions.along(call, x, axis, 0), 1);
      Value behind = call.binary(SUBTRACT, place, start);
      Value last = call.binary(SUBTRACT, count, 1);
      Value nearest = call.binary(MINIMUM, call.binary(MAXIMUM, behind, 0), last);
      moved = call.add("moved", new Gather(axis, 0), moved, nearest);
      Value hit = call.binary(EQUAL, nearest, behind);
      List<Integer> added = IntStream.range(1, rank - axis).boxed().toList();
      Value own = added.isEmpty() ? hit : call.add("hit", new Unsqueeze(added), hit);
      inside = inside == null ? own : call.binary(LOGICAL_AND, inside, own);
    }
    return inside == null ? updates : call.add("update", new Where(), inside, moved, x);
  }

  /** The start along an axis; a slice that would reach beyond the end is moved inside. */
  private static Value start(FunctionCall call, Value x, Value starts, int axis, Value count) {
    Value own = part(call, starts, 0, axis, axis + 1L);
    Value highest = call.binary(SUBTRACT, Shapes.size(call, x, axis, DataType.INT32), count);
    return call.binary(MAXIMUM, call.binary(MINIMUM, own, highest), 0);
  }

  /** The part before, the updates, the part after: axis by axis, where they differ in size. */
  private static Value replaced(
      FunctionCall call, Value x, Value updates, List<Integer> starts, int axis) {
    if (axis == x.type().rank()) {
      return updates;
    }
    Dim whole = x.type().shape().dim(axis);
    Dim part = updates.type().shape().dim(axis);
    if (whole.equals(part)) {
      return replaced(call, x, updates, starts, axis + 1);
    }
    long size = call.knownSize(x, axis);
    long count = call.knownSize(updates, axis);
    // A slice that would reach beyond the end is moved inside.
    long start = Math.max(0, Math.min(starts.get(axis), size - count));
    Value between = part(call, x, axis, start, start + count);
    List<Value> parts = new ArrayList<>();
    if (start > 0) {
      parts.add(part(call, x, axis, 0, start));
    }
    parts.add(replaced(call, between, updates, starts, axis + 1));
    if (start + count < size) {
      parts.add(part(call, x, axis, start + count, size));
    }
    return call.add("update", new Concat(axis), parts.toArray(Value[]::new));
  }

  private static Value part(FunctionCall call, Value x, int axis, long from, long to) {
    return call.add("part", new Slice(List.of(axis), List.of(from), List.of(to), List.of(1L)), x);
  }

  private static void segments(FunctionTable table, String name, ScatterND.Reduction reduction) {
    table.add(
        name + "(data, segment_ids, num_segments=None, sorted=False)",
        call -> segments(call, reduction));
  }

  /** Rows with a negative number belong to no segment: to one more, which is cut off again. */
  private static Value segments(FunctionCall call, ScatterND.Reduction reduction) {
    if (call.isNone("num_segments")) {
      throw call.unsupported(
          "'num_segments' must be given", "none: the result's shape depends on the numbers");
    }
    long count = call.whole("num_segments");
    Value data = call.tensor("data");
    List<DimSource> dims = new ArrayList<>(List.of(new DimSource.Fixed(count + 1)));
    for (int i = 1; i < data.type().rank(); i++) {
      dims.add(DimSource.of(data.type().shape().dim(i), 1, i));
    }
    Value empty = call.constant("empty", identity(reduction, data.type().dtype()));
    Value start = call.add("start", new Expand(dims), empty, data);
    Value ids = call.as(DataType.INT64, "segment_ids").get(0);
    Value dropped = call.scalar("dropped", DataType.INT64, (double) count);
    Value rows = call.add("rows", new Where(), call.binary(LESS, ids, 0), dropped, ids);
    Value tuples = call.add("tuples", new Unsqueeze(List.of(1)), rows);
    Value all = call.add("segments", new ScatterND(reduction), start, tuples, data);
    return part(call, all, 0, 0, count);
  }

  /** What a segment without rows is. */
  private static Tensor identity(ScatterND.Reduction reduction, DataType dtype) {
    return switch (reduction) {
      case NONE, ADD -> Tensor.filled(dtype, 0);
      case MULTIPLY -> Tensor.filled(dtype, 1);
      case MAX -> limit(dtype, false);
      case MIN -> limit(dtype, true);
    };
  }

  /** The largest or lowest finite number of a type. */
  private static Tensor limit(DataType dtype, boolean largest) {
    double finite =
        switch (dtype) {
          case FLOAT16 -> 65504;
          case BFLOAT16 -> 0x1.FEp127;
          case FLOAT32 -> Float.MAX_VALUE;
          case FLOAT64 -> Double.MAX_VALUE;
          default -> 0;
        };
    if (dtype.isFloating()) {
      return Tensor.filled(dtype, largest ? finite : -finite);
    }
    boolean signed = dtype.kind() == DataType.Kind.SIGNED;
    long highest = -1L >>> (64 - dtype.bits() + (signed ? 1 : 0));
    long lowest = signed ? -highest - 1 : 0;
    return Tensor.of(new long[] {largest ? highest : lowest}).cast(dtype);
  }
}
