package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.ArgReduce;
import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.GatherElements;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.TopK;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import java.util.Collections;
import java.util.List;

/** Functions that order numbers, or find places in an order. Indices are int32, as TensorFlow's. */
final class SortingFunctions {

  private SortingFunctions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "Argmax(x, axis=None, keepdims=False)", call -> argReduce(call, call.tensor("x"), true));
    table.add(
        "Argmin(x, axis=None, keepdims=False)", call -> argReduce(call, call.tensor("x"), false));
    table.refuse("the order of its result is not defined", "Argpartition");
    table.add("Argsort(x, axis=-1)", SortingFunctions::argSort);
    table.add("Digitize(x, bins)", SortingFunctions::digitize);
    table.add("InTopK(targets, predictions, k)", SortingFunctions::inTopK);
    table.add("SearchSorted(sorted_sequence, values, side='left')", SortingFunctions::searchSorted);
    table.add("Sort(x, axis=-1)", SortingFunctions::sort);
    table.addAll("TopK(x, k, sorted=True)", SortingFunctions::topK);
  }

  /** The place of the largest or smallest of some elements along the axis of the call. */
  static Value argReduce(FunctionCall call, Value elements, boolean largest) {
    Value x = numbers(call, elements);
    boolean keepDims = call.flag("keepdims");
    if (!call.isNone("axis")) {
      ArgReduce op = new ArgReduce(largest, call.axis("axis", x), keepDims);
      return call.cast(call.add("index", op, x), DataType.INT32);
    }
    Value index = call.add("index", new ArgReduce(largest, 0, false), Shapes.flat(call, x));
    Value place = call.cast(index, DataType.INT32);
    return keepDims ? call.add("kept", Shapes.leading(x.type().rank()), place) : place;
  }

  private static Value argSort(FunctionCall call) {
    return call.cast(order(call, ordered(call)), DataType.INT32);
  }

  private static Value sort(FunctionCall call) {
    Value x = ordered(call);
    Value sorted = call.add("sorted", new GatherElements(axis(call, x)), x, order(call, x));
    return call.toType(sorted, call.tensor("x").type().dtype());
  }

  /** What is sorted: everything as one line where no axis is given. */
  private static Value ordered(FunctionCall call) {
    Value x = numbers(call, call.tensor("x"));
    return call.isNone("axis") ? Shapes.flat(call, x) : x;
  }

  private static int axis(FunctionCall call, Value x) {
    return call.isNone("axis") ? 0 : call.axis("axis", x);
  }

  private static Value order(FunctionCall call, Value x) {
    return call.add("order", new ArgSort(axis(call, x), false), x);
  }

  private static Value numbers(FunctionCall call, Value x) {
    return x.type().dtype() == DataType.BOOL ? call.cast(x, DataType.INT32) : x;
  }

  /** Unsorted ones come in no order that is promised; here they are sorted as well. */
  private static List<Value> topK(FunctionCall call) {
    Value x = call.tensor("x");
    TopK op = new TopK(x.type().rank() - 1, call.whole("k"), true);
    List<Value> found = call.addAll("top", op, x);
    return List.of(found.get(0), call.cast(found.get(1), DataType.INT32));
  }

  /** Whether fewer than {@code k} are above the target's; never among numbers without an order. */
  static Value inTopK(FunctionCall call) {
    Value predictions = call.tensor("predictions");
    Value targets = call.add("targets", new Unsqueeze(List.of(1)), call.tensor("targets"));
    Value own = call.add("own", new GatherElements(1), predictions, targets);
    Value above = call.binary(BinaryFunction.GREATER, predictions, own);
    Value within = call.binary(BinaryFunction.LESS, count(call, above, 1), call.whole("k"));
    Value finite =
        call.binary(
            BinaryFunction.LESS,
            call.unary(UnaryFunction.ABS, predictions),
            Double.POSITIVE_INFINITY);
    Value all = call.add("all", new Reduce(Reduce.Function.ALL, List.of(1), false), finite);
    return call.binary(BinaryFunction.LOGICAL_AND, within, all);
  }

  /** How many boundaries are not above the number; all of them for NaN. */
  private static Value digitize(FunctionCall call) {
    Value x = call.tensor("x");
    DataType dtype = x.type().dtype() == DataType.FLOAT64 ? DataType.FLOAT64 : DataType.FLOAT32;
    Value bins = call.as(dtype, "bins").get(0);
    Value below = call.binary(BinaryFunction.LESS, column(call, call.cast(x, dtype)), bins);
    Value reached = call.unary(UnaryFunction.LOGICAL_NOT, below);
    return count(call, reached, x.type().rank());
  }

  private static Value searchSorted(FunctionCall call) {
    List<Value> operands = call.promoted("sorted_sequence", "values");
    Value sequence = operands.get(0);
    if (sequence.type().rank() != 1) {
      throw new IllegalArgumentException(
          "'sorted_sequence' must have one axis, is " + sequence.type());
    }
    Value values = operands.get(1);
    BinaryFunction before =
        switch (call.text("side")) {
          case "left" -> BinaryFunction.LESS;
          case "right" -> BinaryFunction.LESS_EQUAL;
          default ->
              throw new IllegalArgumentException(
                  "'side' must be left or right, is " + call.text("side"));
        };
    Value passed = call.binary(before, sequence, column(call, values));
    return count(call, passed, values.type().rank());
  }

  /** The same numbers with an axis of size 1 at the end. */
  private static Value column(FunctionCall call, Value x) {
    return call.add("column", new Unsqueeze(List.of(x.type().rank())), x);
  }

  private static Value count(FunctionCall call, Value conditions, int axis) {
    Reduce sum = new Reduce(Reduce.Function.SUM, Collections.singletonList(axis), false);
    return call.add("count", sum, call.cast(conditions, DataType.INT32));
  }
}
