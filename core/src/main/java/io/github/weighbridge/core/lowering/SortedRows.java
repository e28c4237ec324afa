package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.MAXIMUM;
import static io.github.weighbridge.core.op.BinaryFunction.MINIMUM;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.GatherElements;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.TopK;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import java.util.List;

/** Numbers in ascending order along the last axis, and how many of them count. */
final class SortedRows {

  private final OperationScope scope;
  private final Value sorted;
  private final Value last;

  /**
   * Rows.
   *
   * @param count how many count, from the first one on (float64): one number, or {@code [..., 1]}
   */
  private SortedRows(OperationScope scope, Value sorted, Value count) {
    this.scope = scope;
    this.sorted = sorted;
    this.last = scope.binary(SUBTRACT, count, 1);
  }

  /** Rows of which every number counts. */
  static SortedRows of(OperationScope scope, Value rows) {
    Value count = Shapes.size(scope, rows, rows.type().rank() - 1, DataType.FLOAT64);
    return new SortedRows(scope, sorted(scope, rows), count);
  }

  /** Rows of which all but NaN counts, which then stands at the end. */
  static SortedRows ofNumbers(OperationScope scope, Value rows) {
    Value nan = FloatingPoint.isNan(scope, rows);
    Value last = FloatingPoint.replaced(scope, nan, Double.POSITIVE_INFINITY, rows);
    Value number = scope.cast(scope.unary(UnaryFunction.LOGICAL_NOT, nan), DataType.FLOAT64);
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

  /**
   * The numbers at some parts of the way along the rows.
   *
   * @param fractions a vector, from 0 to 1 (float64)
   * @param method which number is taken between two places
   */
  Value quantiles(Value fractions, String method) {
    Value place = scope.binary(MULTIPLY, last, fractions);
    return switch (method) {
      case "lower" -> at(scope.unary(UnaryFunction.FLOOR, place));
      case "higher" -> at(scope.unary(UnaryFunction.CEIL, place));
      case "nearest" -> at(scope.unary(UnaryFunction.ROUND, place));
      case "midpoint" -> {
        Value both =
            scope.binary(
                ADD,
                at(scope.unary(UnaryFunction.FLOOR, place)),
                at(scope.unary(UnaryFunction.CEIL, place)));
        yield scope.binary(MULTIPLY, both, 0.5);
      }
      case "linear" -> linear(place);
      default ->
          throw scope.unsupported(
              "'method' must be linear, lower, higher, nearest or midpoint", method);
    };
  }

  /** Between two neighbours; where the place is whole the upper one is it. */
  private Value linear(Value place) {
    Value ceiling = within(scope.unary(UnaryFunction.CEIL, place));
    Value below = scope.binary(MAXIMUM, scope.binary(SUBTRACT, ceiling, 1), 0);
    Value above = within(scope.binary(ADD, below, 1));
    DataType dtype = sorted.type().dtype();
    Value share = scope.cast(scope.binary(SUBTRACT, above, place), dtype);
    Value rest = scope.binary(SUBTRACT, scope.scalar("one", dtype, 1), share);
    return scope.binary(
        ADD, scope.binary(MULTIPLY, at(above), rest), scope.binary(MULTIPLY, at(below), share));
  }

  private Value within(Value place) {
    return scope.binary(MAXIMUM, scope.binary(MINIMUM, place, last), 0);
  }

  private Value at(Value place) {
    Value index = scope.cast(within(place), DataType.INT64);
    int axis = sorted.type().rank() - 1;
    return index.type().rank() == 1
        ? scope.add("numbers", new Gather(axis, 0), sorted, index)
        : scope.add("numbers", new GatherElements(axis), sorted, index);
  }
}
