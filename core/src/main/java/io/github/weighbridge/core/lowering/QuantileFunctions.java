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
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Medians, quantiles and percentiles: places in the order of the elements along some axes. */
final class QuantileFunctions {

  private static final String OPTIONS = "(x, q, axis=None, method='linear', keepdims=False)";

  private QuantileFunctions() {}

  /**
   * Parts of the way along the rows, from 0 to 1.
   *
   * @param type the type in which they are read (null: their own)
   * @param whole what they are divided by in that type
   */
  private record Fractions(@Nullable DataType type, double whole) {

    private static final Fractions OWN = new Fractions(null, 1);
    private static final Fractions FLOAT32 = new Fractions(DataType.FLOAT32, 1);
    private static final Fractions HUNDREDTHS = new Fractions(DataType.FLOAT32, 100);

    private double[] known(Tensor q) {
      Tensor read = type == null ? q : q.cast(type);
      double[] parts = Arrays.stream(read.doubles()).map(part -> part / whole).toArray();
      return whole == 1 ? parts : Tensor.of(parts, parts.length).cast(DataType.FLOAT32).doubles();
    }

    private Value computed(FunctionCall call) {
      Value q = type == null ? call.tensor("q") : call.as(type, "q").get(0);
      Value parts = whole == 1 ? q : call.binary(BinaryFunction.DIVIDE, q, whole);
      Value vector =
          q.type().rank() == 0 ? call.add("fractions", new Unsqueeze(List.of(0)), parts) : parts;
      return call.cast(vector, DataType.FLOAT64);
    }
  }

  static void addTo(FunctionTable table) {
    table.add("Median(x, axis=None, keepdims=False)", call -> median(call, false));
    table.add("Nanmedian(x, axis=None, keepdims=False)", QuantileFunctions::medianOfNumbers);
    table.add(
        "Nanpercentile" + OPTIONS,
        call -> quantiles(call, Fractions.HUNDREDTHS, call.text("method"), true));
    table.add(
        "Nanquantile" + OPTIONS,
        call -> quantiles(call, Fractions.FLOAT32, call.text("method"), true));
    table.add(
        "Percentile" + OPTIONS,
        call -> quantiles(call, Fractions.HUNDREDTHS, call.text("method"), false));
    // In a model its method is left out (Keras 3.15, every back end), the others' is not.
    table.add("Quantile" + OPTIONS, call -> quantiles(call, Fractions.OWN, "linear", false));
  }

  /** Along no axes nothing changes. */
  private static Value medianOfNumbers(FunctionCall call) {
    Value x = call.tensor("x");
    return call.axes("axis", x).isEmpty() && x.type().rank() > 0 ? x : median(call, true);
  }

  private static Value median(FunctionCall call, boolean withoutNan) {
    Value x = call.floating("x");
    SortedRows sorted = sorted(call, x, withoutNan);
    Value result = sorted.quantiles(sorted.places(0.5), "linear");
    return shaped(call, result, x, null, withoutNan);
  }

  /** The quantiles, along a new first axis unless {@code q} is a number. */
  private static Value quantiles(
      FunctionCall call, Fractions fractions, String method, boolean withoutNan) {
    Value q = call.tensor("q");
    if (q.type().rank() > 1) {
      throw call.unsupported("'q' must be a number or a vector", q.type().toString());
    }
    Value x = call.floating("x");
    SortedRows sorted = sorted(call, x, withoutNan);
    OrderPlaces places =
        call.isComputed("q")
            ? sorted.places(fractions.computed(call))
            : sorted.places(fractions.known(call.literalArray("q")));
    Value result = sorted.quantiles(places, method);
    return shaped(call, result, x, q.type().rank() == 0 ? null : q, withoutNan);
  }

  private static SortedRows sorted(FunctionCall call, Value x, boolean withoutNan) {
    Value rows = rows(call, x, call.axes("axis", x));
    return withoutNan ? SortedRows.ofNumbers(call, rows) : SortedRows.of(call, rows);
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

  /**
   * The result with the axes that {@code x} has left, and NaN where there was none or only NaN.
   *
   * @param result {@code [rows..., quantiles]}
   * @param q the vector that a first axis is for, or null
   */
  private static Value shaped(
      FunctionCall call, Value result, Value x, @Nullable Value q, boolean withoutNan) {
    List<Integer> axes = call.axes("axis", x);
    int last = result.type().rank() - 1;
    Value nan = FloatingPoint.isNan(call, rows(call, x, axes));
    Reduce.Function many = withoutNan ? Reduce.Function.ALL : Reduce.Function.ANY;
    Value none = call.add("nan", new Reduce(many, List.of(last), true), nan);
    Value numbers = FloatingPoint.replaced(call, none, Double.NaN, result);
    Value first = Shapes.moved(call, numbers, last, 0);
    List<DimSource> dims = new ArrayList<>();
    if (q != null) {
      dims.add(DimSource.of(q.type().shape().dim(0), 2, 0));
    }
    for (int axis = 0; axis < x.type().rank(); axis++) {
      if (!axes.contains(axis)) {
        dims.add(DimSource.of(x.type().shape().dim(axis), 1, axis));
      } else if (call.flag("keepdims")) {
        dims.add(new DimSource.Fixed(1));
      }
    }
    return q == null
        ? call.add("quantiles", new Reshape(dims), first, x)
        : call.add("quantiles", new Reshape(dims), first, x, q);
  }
}
