package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.lowering.OrderPlaces.Rounding;
import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.GatherElements;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.TopK;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers in ascending order along the last axis, and how many of them count. */
final class SortedRows {

  private final OperationScope scope;
  private final Value sorted;
  private final @Nullable Value count;

  private SortedRows(OperationScope scope, Value sorted, @Nullable Value count) {
    this.scope = scope;
    this.sorted = sorted;
    this.count = count;
  }

  /** Rows of which every number counts. */
  static SortedRows of(OperationScope scope, Value rows) {
    return new SortedRows(scope, sorted(scope, rows), null);
  }

  /** Rows of which all but NaN counts, which then stands at the end. */
  static SortedRows ofNumbers(OperationScope scope, Value rows) {
    Value nan = FloatingPoint.isNan(scope, rows);
    Value last = FloatingPoint.replaced(scope, nan, Double.POSITIVE_INFINITY, rows);
    Value number = scope.cast(scope.unary(UnaryFunction.LOGICAL_NOT, nan), DataType.INT64);
    Reduce sum = new Reduce(Reduce.Function.SUM, List.of(rows.type().rank() - 1), true);
    return new SortedRows(scope, sorted(scope, last), scope.add("count", sum, number));
  }

  private static Value sorted(OperationScope scope, Value rows) {
    int last = rows.type().rank() - 1;
    Dim size = rows.type().shape().dim(last);
    if (size.isFixed()) {
      int n = Math.toIntExact(size.size());
      return scope.addAll("sorted", new TopK(last, n, false), rows).get(0);
    }
    Value order = scope.add("order", new ArgSort(last, false), rows);
    return scope.add("sorted", new GatherElements(last), rows, order);
  }

  /** Places at parts of the way along the rows, which are numbers from 0 to 1. */
  OrderPlaces places(double... fractions) {
    Dim size = sorted.type().shape().dim(sorted.type().rank() - 1);
    return size.isFixed()
        ? new OrderPlaces.Known(
            scope, Arrays.stream(fractions).boxed().toList(), Math.toIntExact(size.size()), count)
        : places(scope.constant("fractions", Tensor.of(fractions, fractions.length)));
  }

  /** As {@link #places(double...)}, a vector that is computed (float64). */
  OrderPlaces places(Value fractions) {
    Value all =
        count == null
            ? Shapes.size(scope, sorted, sorted.type().rank() - 1, DataType.FLOAT64)
            : scope.cast(count, DataType.FLOAT64);
    return new OrderPlaces.Computed(scope, fractions, scope.binary(SUBTRACT, all, 1));
  }

  /**
   * The numbers at some places.
   *
   * @param method which number is taken between two places
   */
  Value quantiles(OrderPlaces places, String method) {
    return switch (method) {
      case "lower" -> at(places.rounded(Rounding.FLOOR));
      case "higher" -> at(places.rounded(Rounding.CEIL));
      case "nearest" -> at(places.rounded(Rounding.NEAREST));
      case "midpoint" -> {
        Value lower = at(places.rounded(Rounding.FLOOR));
        Value both = scope.binary(ADD, lower, at(places.rounded(Rounding.CEIL)));
        yield scope.binary(MULTIPLY, both, 0.5);
      }
      case "linear" -> linear(places);
      default ->
          throw scope.unsupported(
              "'method' must be linear, lower, higher, nearest or midpoint", method);
    };
  }

  /** Between two neighbours; where the place is whole the upper one is it. */
  private Value linear(OrderPlaces places) {
    DataType dtype = sorted.type().dtype();
    Value share = places.share(dtype);
    Value rest = scope.binary(SUBTRACT, scope.scalar("one", dtype, 1), share);
    return scope.binary(
        ADD,
        scope.binary(MULTIPLY, at(places.rounded(Rounding.BEHIND)), rest),
        scope.binary(MULTIPLY, at(places.rounded(Rounding.BEFORE)), share));
  }

  private Value at(Value index) {
    int axis = sorted.type().rank() - 1;
    return index.type().rank() == 1
        ? scope.add("numbers", new Gather(axis, 0), sorted, index)
        : scope.add("numbers", new GatherElements(axis), sorted, index);
  }
}
