package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.tensor.DataType;

/** Functions that make many elements one along some axes. */
final class ReductionFunctions {

  private ReductionFunctions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "All(x, axis=None, keepdims=False)",
        call -> reduce(call, Reduce.Function.ALL, call.as(DataType.BOOL, "x").get(0)));
    table.add(
        "Any(x, axis=None, keepdims=False)",
        call -> reduce(call, Reduce.Function.ANY, call.as(DataType.BOOL, "x").get(0)));
    table.add(
        "Max(x, axis=None, keepdims=False, initial=None)",
        call -> reduce(call, Reduce.Function.MAX, call.tensor("x")));
    table.add(
        "Mean(x, axis=None, keepdims=False)",
        call -> reduce(call, Reduce.Function.MEAN, call.floating("x")));
    table.add(
        "Min(x, axis=None, keepdims=False, initial=None)",
        call -> reduce(call, Reduce.Function.MIN, call.tensor("x")));
    table.add(
        "Prod(x, axis=None, keepdims=False, dtype=None)",
        call -> reduce(call, Reduce.Function.PRODUCT, call.tensor("x")));
    table.add(
        "Sum(x, axis=None, keepdims=False)",
        call -> reduce(call, Reduce.Function.SUM, call.tensor("x")));
  }

  private static Value reduce(FunctionCall call, Reduce.Function function, Value x) {
    return call.add("reduce", new Reduce(function, call.axes("axis", x), call.flag("keepdims")), x);
  }
}
