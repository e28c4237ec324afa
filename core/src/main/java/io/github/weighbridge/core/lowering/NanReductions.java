package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.DIVIDE;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;

/** Reductions that leave out what is no number. */
final class NanReductions {

  private static final String ALONG = "(x, axis=None, keepdims=False)";

  private NanReductions() {}

  static void addTo(FunctionTable table) {
    table.add("Nanargmax" + ALONG, call -> place(call, true));
    table.add("Nanargmin" + ALONG, call -> place(call, false));
    table.add("Nanmax" + ALONG, call -> extreme(call, Reduce.Function.MAX));
    table.add("Nanmean" + ALONG, call -> mean(call, call.floating("x"), call.flag("keepdims")));
    table.add("Nanmin" + ALONG, call -> extreme(call, Reduce.Function.MIN));
    table.add("Nanprod" + ALONG, call -> without(call, Reduce.Function.PRODUCT, 1));
    table.add("Nanstd" + ALONG, call -> call.unary(UnaryFunction.SQRT, variance(call)));
    table.add("Nansum" + ALONG, call -> without(call, Reduce.Function.SUM, 0));
    table.add("Nanvar" + ALONG, NanReductions::variance);
  }

  private static Value reduce(
      FunctionCall call, Reduce.Function function, Value x, boolean keepDims) {
    return call.add("reduce", new Reduce(function, call.axes("axis", x), keepDims), x);
  }

  /** NaN counts as the number that changes nothing. */
  private static Value without(FunctionCall call, Reduce.Function function, double neutral) {
    Value x = ReductionFunctions.summed(call, call.tensor("x"));
    Value numbers =
        x.type().dtype().isFloating()
            ? FloatingPoint.replaced(call, FloatingPoint.isNan(call, x), neutral, x)
            : x;
    return reduce(call, function, numbers, call.flag("keepdims"));
  }

  private static Value extreme(FunctionCall call, Reduce.Function function) {
    Value x = call.tensor("x");
    if (!x.type().dtype().isFloating()) {
      return ReductionFunctions.extreme(call, function);
    }
    boolean keepDims = call.flag("keepdims");
    double lost =
        function == Reduce.Function.MAX ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    Value nan = FloatingPoint.isNan(call, x);
    Value numbers = FloatingPoint.replaced(call, nan, lost, x);
    Value none = reduce(call, Reduce.Function.ALL, nan, keepDims);
    return FloatingPoint.replaced(
        call, none, Double.NaN, reduce(call, function, numbers, keepDims));
  }

  /** The place of the largest or smallest number, -1 where there is none. */
  private static Value place(FunctionCall call, boolean largest) {
    Value x = call.tensor("x");
    if (!x.type().dtype().isFloating()) {
      return SortingFunctions.argReduce(call, x, largest);
    }
    Value nan = FloatingPoint.isNan(call, x);
    double lost = largest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    Value numbers = FloatingPoint.replaced(call, nan, lost, x);
    Value none = reduce(call, Reduce.Function.ALL, nan, call.flag("keepdims"));
    return FloatingPoint.replaced(
        call, none, -1, SortingFunctions.argReduce(call, numbers, largest));
  }

  private static Value mean(FunctionCall call, Value x, boolean keepDims) {
    Value nan = FloatingPoint.isNan(call, x);
    Value sum =
        reduce(call, Reduce.Function.SUM, FloatingPoint.replaced(call, nan, 0, x), keepDims);
    return call.binary(DIVIDE, sum, count(call, nan, x.type().dtype(), keepDims));
  }

  /** How many are numbers. */
  private static Value count(FunctionCall call, Value nan, DataType dtype, boolean keepDims) {
    Value numbers = call.cast(call.unary(UnaryFunction.LOGICAL_NOT, nan), dtype);
    return reduce(call, Reduce.Function.SUM, numbers, keepDims);
  }

  private static Value variance(FunctionCall call) {
    Value x = call.floating("x");
    boolean keepDims = call.flag("keepdims");
    Value nan = FloatingPoint.isNan(call, x);
    Value apart = call.binary(SUBTRACT, x, mean(call, x, true));
    Value numbers = FloatingPoint.replaced(call, nan, 0, apart);
    Value sum =
        reduce(call, Reduce.Function.SUM, call.binary(MULTIPLY, numbers, numbers), keepDims);
    return call.binary(DIVIDE, sum, count(call, nan, x.type().dtype(), keepDims));
  }
}
