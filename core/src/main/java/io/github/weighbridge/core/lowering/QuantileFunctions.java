package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.TopK;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Medians, quantiles and percentiles: places in the order of the elements along some axes. */
final class QuantileFunctions {

  private QuantileFunctions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "Median(x, axis=None, keepdims=False)",
        call -> quantiles(call, new double[] {0.5}, true, "linear"));
    table.add(
        "Percentile(x, q, axis=None, method='linear', keepdims=False)",
        call -> quantiles(call, 100, call.text("method")));
    // In a model its method is left out (Keras 3.15, every back end), Percentile's is not.
    table.add(
        "Quantile(x, q, axis=None, method='linear', keepdims=False)",
        call -> quantiles(call, 1, "linear"));
  }

  private static Value quantiles(FunctionCall call, double whole, String method) {
    LiteralArray q =
        LiteralArray.of(call.literal("q"))
            .orElseThrow(() -> new IllegalArgumentException("'q' must be numbers"));
    if (q.sizes().size() > 1) {
      throw call.unsupported("'q' must be a number or a vector", call.literal("q").toString());
    }
    double[] parts = q.tensor(DataType.FLOAT64).doubles();
    double[] fractions = Arrays.stream(parts).map(part -> part / whole).toArray();
    return quantiles(call, fractions, q.sizes().isEmpty(), method);
  }

  /**
   * The quantiles, along a new first axis.
   *
   * @param single whether there is one quantile and no axis for it
   */
  private static Value quantiles(FunctionCall call, double[] q, boolean single, String method) {
    Value x = call.floating("x");
    List<Integer> axes = call.axes("axis", x);
    Value rows = rows(call, x, axes);
    int last = rows.type().rank() - 1;
    int n = Math.toIntExact(call.knownSize(rows, last));
    Value sorted = call.addAll("sorted", new TopK(last, n, false), rows).get(0);
    Value result = at(call, sorted, q, method, n);
    Value nan =
        call.add(
            "nan",
            new Reduce(Reduce.Function.ANY, List.of(last), true),
            FloatingPoint.isNan(call, rows));
    result = FloatingPoint.replaced(call, nan, Double.NaN, result);
    List<Integer> perm = new ArrayList<>(List.of(last));
    IntStream.range(0, last).forEach(perm::add);
    Value first = last == 0 ? result : call.add("first", new Transpose(perm), result);
    return shaped(call, first, x, axes, q.length, single);
  }

  /** The other axes first, then those that are reduced, as one. */
  private static Value rows(FunctionCall call, Value x, List<Integer> axes) {
    int rank = x.type().rank();
    List<Integer> perm =
        new ArrayList<>(IntStream.range(0, rank).filter(i -> !axes.contains(i)).boxed().toList());
    List<DimSource> dims = new ArrayList<>();
    perm.forEach(axis -> dims.add(DimSource.of(x.type().shape().dim(axis), 1, axis)));
    perm.addAll(axes);
    long n = 1;
    for (int axis : axes) {
      n = Math.multiplyExact(n, call.knownSize(x, axis));
    }
    dims.add(new DimSource.Fixed(n));
    Value moved = call.add("moved", new Transpose(perm), x);
    return call.add("rows", new Reshape(dims), moved, x);
  }

  private static Value at(FunctionCall call, Value sorted, double[] q, String method, int n) {
    return switch (method) {
      case "lower" -> gathered(call, sorted, q, n, Math::floor);
      case "higher" -> gathered(call, sorted, q, n, Math::ceil);
      case "nearest" -> gathered(call, sorted, q, n, Math::rint);
      case "midpoint" ->
          call.binary(
              MULTIPLY,
              call.binary(
                  ADD,
                  gathered(call, sorted, q, n, Math::floor),
                  gathered(call, sorted, q, n, Math::ceil)),
              0.5);
      case "linear" -> linear(call, sorted, q, n);
      default ->
          throw call.unsupported(
              "'method' must be linear, lower, higher, nearest or midpoint", method);
    };
  }

  private static Value gathered(
      FunctionCall call, Value sorted, double[] q, int n, DoubleUnaryOperator place) {
    long[] indices = new long[q.length];
    for (int i = 0; i < q.length; i++) {
      double at = place.applyAsDouble((n - 1) * q[i]);
      indices[i] = Math.round(Math.max(0, Math.min(n - 1, at)));
    }
    int last = sorted.type().rank() - 1;
    Value places = call.constant("places", Tensor.of(indices, q.length));
    return call.add("gathered", new Gather(last, 0), sorted, places);
  }

  /** Between two neighbours; where the place is whole the upper one is it. */
  private static Value linear(FunctionCall call, Value sorted, double[] q, int n) {
    double[] above = new double[q.length];
    double[] below = new double[q.length];
    for (int i = 0; i < q.length; i++) {
      double at = (n - 1) * q[i];
      below[i] = upper(at, n) - at;
      above[i] = 1 - below[i];
    }
    DataType dtype = sorted.type().dtype();
    Value lower = gathered(call, sorted, q, n, at -> Math.max(Math.ceil(at) - 1, 0));
    Value higher = gathered(call, sorted, q, n, at -> upper(at, n));
    return call.binary(
        ADD,
        call.binary(MULTIPLY, lower, weights(call, below, dtype)),
        call.binary(MULTIPLY, higher, weights(call, above, dtype)));
  }

  private static double upper(double at, int n) {
    return Math.min(Math.max(Math.ceil(at) - 1, 0) + 1, n - 1);
  }

  private static Value weights(FunctionCall call, double[] weights, DataType dtype) {
    return call.constant("weights", Tensor.of(weights, weights.length).cast(dtype));
  }

  private static Value shaped(
      FunctionCall call, Value first, Value x, List<Integer> axes, int count, boolean single) {
    List<DimSource> dims = new ArrayList<>();
    if (!single) {
      dims.add(new DimSource.Fixed(count));
    }
    for (int axis = 0; axis < x.type().rank(); axis++) {
      if (!axes.contains(axis)) {
        dims.add(DimSource.of(x.type().shape().dim(axis), 1, axis));
      } else if (call.flag("keepdims")) {
        dims.add(new DimSource.Fixed(1));
      }
    }
    return call.add("quantiles", new Reshape(dims), first, x);
  }
}
