package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.core.op.GatherElements;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.TopK;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** TensorFlow's functions that take arrays apart, pad, order and encode them. */
final class TensorFlowArrays {

  private TensorFlowArrays() {}

  static void addTo(FunctionTable table) {
    table.add(
        "tf.argsort(values, axis=-1, direction='ASCENDING', stable=False)",
        TensorFlowArrays::argsort);
    table.add("tf.compat.v1.math.in_top_k(predictions, targets, k)", SortingFunctions::inTopK);
    table.add("tf.compat.v1.where(condition, x=None, y=None)", TensorFlowArrays::whereRows);
    table.add("tf.debugging.check_numerics(tensor, message=None)", call -> call.tensor("tensor"));
    table.add("tf.ensure_shape(x, shape)", call -> call.tensor("x"));
    table.add("tf.linalg.band_part(input, num_lower, num_upper)", TensorFlowArrays::band);
    table.addAll(
        "tf.math.top_k(input, k=1, sorted=True, index_type='int32')", TensorFlowArrays::top);
    table.add(
        "tf.one_hot(indices, depth, on_value=None, off_value=None, axis=None, dtype=None)",
        TensorFlowArrays::oneHot);
    table.add(
        "tf.pad(tensor, paddings, mode='CONSTANT', constant_values=0)", TensorFlowArrays::pad);
    table.add("tf.sort(values, axis=-1, direction='ASCENDING')", TensorFlowArrays::sort);
    table.addAll("tf.split(value, num_or_size_splits, axis=0, num=None)", TensorFlowArrays::split);
  }

  /** Into so many parts, or parts of these sizes, one of which may be what remains. */
  private static List<Value> split(FunctionCall call) {
    Value x = call.tensor("value");
    int axis = call.axis("axis", x);
    List<Long> sizes = new ArrayList<>(TensorFlowShapes.known(call, "num_or_size_splits"));
    boolean counted =
        !call.isComputed("num_or_size_splits") && !call.literal("num_or_size_splits").isArray();
    if (counted) {
      long size = call.knownSize(x, axis);
      long count = sizes.get(0);
      Rules.require(
          count > 0 && size % count == 0,
          "an axis of size " + size + " has no " + count + " equal parts");
      sizes = new ArrayList<>(Collections.nCopies((int) count, size / count));
    } else if (sizes.contains(-1L)) {
      long others = sizes.stream().filter(size -> size >= 0).mapToLong(Long::longValue).sum();
      sizes.set(sizes.indexOf(-1L), call.knownSize(x, axis) - others);
    }
    List<Value> parts = new ArrayList<>();
    long begin = 0;
    for (long size : sizes) {
      Rules.require(size >= 0, "sizes of parts must not be negative, are " + sizes);
      parts.add(call.add("part", Slice.of(axis, begin, begin + size), x));
      begin += size;
    }
    return parts;
  }

  private static Value pad(FunctionCall call) {
    Value x = call.tensor("tensor");
    List<Long> begin = new ArrayList<>();
    List<Long> end = new ArrayList<>();
    ArrangementFunctions.widths(call, "paddings", x.type().rank(), begin, end);
    return ArrangementFunctions.padded(
        call,
        x,
        begin,
        end,
        call.text("mode").toLowerCase(Locale.ROOT),
        call.number("constant_values"));
  }

  private static Value oneHot(FunctionCall call) {
    Value numbers = call.tensor("indices");
    DataType dtype = call.dtype("dtype").orElseGet(() -> ofValues(call));
    Value is =
        EncodingFunctions.isClass(
            call, numbers, call.isNone("axis") ? -1 : call.whole("axis"), call.whole("depth"));
    if (call.isNone("on_value") && call.isNone("off_value")) {
      return call.cast(is, dtype);
    }
    Value on =
        call.isNone("on_value") ? call.scalar("on", dtype, 1) : only(call, dtype, "on_value");
    Value off =
        call.isNone("off_value") ? call.scalar("off", dtype, 0) : only(call, dtype, "off_value");
    return call.add("one_hot", new Where(), is, on, off);
  }

  private static DataType ofValues(FunctionCall call) {
    for (String name : List.of("on_value", "off_value")) {
      if (!call.isNone(name)) {
        return call.tensor(name).type().dtype();
      }
    }
    return DataType.FLOAT32;
  }

  private static Value only(FunctionCall call, DataType dtype, String name) {
    return call.as(dtype, name).get(0);
  }

  private static boolean isDescending(FunctionCall call) {
    String direction = call.text("direction");
    Rules.require(
        direction.equals("ASCENDING") || direction.equals("DESCENDING"),
        "'direction' must be ASCENDING or DESCENDING, is " + direction);
    return direction.equals("DESCENDING");
  }

  /** The order of equal elements is that in which they stand. */
  private static Value order(FunctionCall call, Value x) {
    return call.add("order", new ArgSort(call.axis("axis", x), isDescending(call)), x);
  }

  private static Value argsort(FunctionCall call) {
    return call.cast(order(call, call.tensor("values")), DataType.INT32);
  }

  private static Value sort(FunctionCall call) {
    Value x = call.tensor("values");
    GatherElements taken = new GatherElements(call.axis("axis", x));
    return call.add("sorted", taken, x, order(call, x));
  }

  private static List<Value> top(FunctionCall call) {
    Value x = call.tensor("input");
    TopK op = new TopK(x.type().rank() - 1, call.whole("k"), true);
    List<Value> found = call.addAll("top", op, x);
    DataType index = call.dtype("index_type").orElse(DataType.INT32);
    return List.of(found.get(0), call.cast(found.get(1), index));
  }

  /** A condition of one axis chooses whole rows. */
  private static Value whereRows(FunctionCall call) {
    if (call.isNone("x") || call.isNone("y")) {
      throw call.unsupported(
          "both 'x' and 'y' must be given", "none: the result's shape depends on the numbers");
    }
    Value condition = call.as(DataType.BOOL, "condition").get(0);
    List<Value> choices = call.promoted("x", "y");
    int rank = choices.get(0).type().rank();
    if (condition.type().rank() == 1 && rank > 1) {
      List<Integer> behind = IntStream.range(1, rank).boxed().toList();
      condition = call.add("rows", new Unsqueeze(behind), condition);
    }
    return call.add("where", new Where(), condition, choices.get(0), choices.get(1));
  }

  /** So many diagonals below and above the middle one; all of them where negative. */
  private static Value band(FunctionCall call) {
    Value x = call.tensor("input");
    int rank = x.type().rank();
    long rows = call.knownSize(x, rank - 2);
    long columns = call.knownSize(x, rank - 1);
    int lower = call.whole("num_lower");
    int upper = call.whole("num_upper");
    boolean[] within = new boolean[Math.toIntExact(rows * columns)];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        within[Math.toIntExact(i * columns + j)] =
            (lower < 0 || i - j <= lower) && (upper < 0 || j - i <= upper);
      }
    }
    Value mask = call.constant("band", Tensor.of(within, rows, columns));
    return call.add("banded", new Where(), mask, x, call.scalar("zero", x.type().dtype(), 0));
  }
}
