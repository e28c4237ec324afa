package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Medians, quantiles and percentiles: places in the order of the elements along some axes. */
final class QuantileFunctions {

  private static final String OPTIONS = "(x, q, axis=None, method='linear', keepdims=False)";

  private QuantileFunctions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "Median(x, axis=None, keepdims=False)",
        call -> quantiles(call, half(call), "linear", false));
    table.add("Nanmedian(x, axis=None, keepdims=False)", QuantileFunctions::medianOfNumbers);
    table.add(
        "Nanpercentile" + OPTIONS,
        call -> quantiles(call, hundredths(call), call.text("method"), true));
    table.add(
        "Nanquantile" + OPTIONS,
        call -> quantiles(call, call.as(DataType.FLOAT32, "q").get(0), call.text("method"), true));
    table.add(
        "Percentile" + OPTIONS,
        call -> quantiles(call, hundredths(call), call.text("method"), false));
    // In a model its method is left out (Keras 3.15, every back end), the others' is not.
    table.add("Quantile" + OPTIONS, call -> quantiles(call, call.tensor("q"), "linear", false));
  }

  /** Along no axes nothing changes. */
  private static Value medianOfNumbers(FunctionCall call) {
    Value x = call.tensor("x");
    return call.axes("axis", x).isEmpty() && x.type().rank() > 0
        ? x
        : quantiles(call, half(call), "linear", true);
  }

  private static Value half(FunctionCall call) {
    return call.scalar("half", DataType.FLOAT64, 0.5);
  }

  private static Value hundredths(FunctionCall call) {
    return call.binary(BinaryFunction.DIVIDE, call.as(DataType.FLOAT32, "q").get(0), 100);
  }

  /** The quantiles, along a new first axis unless {@code q} is a number. */
  private static Value quantiles(FunctionCall call, Value q, String method, boolean withoutNan) {
    if (q.type().rank() > 1) {
      throw call.unsupported("'q' must be a number or a vector", q.type().toString());
    }
    Value x = call.floating("x");
    List<Integer> axes = call.axes("axis", x);
    Value rows = rows(call, x, axes);
    Value fractions =
        q.type().rank() == 0 ? call.add("fractions", new Unsqueeze(List.of(0)), q) : q;
    int last = rows.type().rank() - 1;
    SortedRows sorted = withoutNan ? SortedRows.ofNumbers(call, rows) : SortedRows.of(call, rows);
    Value result = sorted.quantiles(call.cast(fractions, DataType.FLOAT64), method);
    Value nan = FloatingPoint.isNan(call, rows);
    Reduce.Function many = withoutNan ? Reduce.Function.ALL : Reduce.Function.ANY;
    Value none = call.add("nan", new Reduce(many, List.of(last), true), nan);
    result = FloatingPoint.replaced(call, none, Double.NaN, result);
    List<Integer> perm = new ArrayList<>(List.of(last));
    IntStream.range(0, last).forEach(perm::add);
    Value first = last == 0 ? result : call.add("first", new Transpose(perm), result);
    return shaped(call, first, x, axes, q);
  }

  /** The other axes first, then those that are reduced, as one. */
  private static Value rows(FunctionCall call, Value x, List<Integer> axes) {
    int rank = x.type().rank();
    List<Integer> perm =
        new ArrayList<>(IntStream.range(0, rank).filter(i -> !axes.contains(i)).boxed().toList());
    List<DimSource> dims = new ArrayList<>();
    perm.forEach(axis -> dims.add(DimSource.of(x.type().shape().dim(axis), 1, axis)));
    perm.addAll(axes);
    Dim n = Dim.of(1);
    for (int axis : axes) {
      n = n.times(x.type().shape().dim(axis));
    }
    dims.add(n.isFixed() ? new DimSource.Fixed(n.size()) : new DimSource.Rest());
    Value moved = call.add("moved", new Transpose(perm), x);
    return call.add("rows", new Reshape(dims), moved, x);
  }

  private static Value shaped(
      FunctionCall call, Value first, Value x, List<Integer> axes, Value q) {
    List<DimSource> dims = new ArrayList<>();
    if (q.type().rank() > 0) {
      dims.add(DimSource.of(q.type().shape().dim(0), 2, 0));
    }
    for (int axis = 0; axis < x.type().rank(); axis++) {
      if (!axes.contains(axis)) {
        dims.add(DimSource.of(x.type().shape().dim(axis), 1, axis));
      } else if (call.flag("keepdims")) {
        dims.add(new DimSource.Fixed(1));
      }
    }
    return call.add("quantiles", new Reshape(dims), first, x, q);
  }
}
