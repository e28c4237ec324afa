package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.CumSum;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;

/**
 * Sparsemax along the last axis (Martins and Astudillo, 2016, algorithm 1): {@code max(x - tau,
 * 0)}, where tau makes the result sum to 1. With z sorted descending, the k largest support the
 * result where {@code 1 + k z_k > z_1 + ... + z_k}, and {@code tau = (sum of the support - 1) /
 * size}.
 */
final class Sparsemax {

  private Sparsemax() {}

  static Value apply(LoweringContext context, Value x) {
    Shape shape = x.type().shape();
    int last = shape.rank() - 1;
    DataType dtype = x.type().dtype();
    long n = context.knownSize(x, last);
    Reshape toRows = new Reshape(List.of(new DimSource.Rest(), new DimSource.Fixed(n)));
    Value rows = last == 1 ? x : context.add("rows", toRows, x);
    Value order = context.add("order", new ArgSort(1, true), rows);
    // Each row by its own order: the row axis is shared by data and indices.
    Value sorted = context.add("sorted", new Gather(1, 1), rows, order);
    Value sums = context.add("sums", new CumSum(1), sorted);
    double[] counting = new double[Math.toIntExact(n)];
    java.util.Arrays.setAll(counting, i -> i + 1);
    Value k = context.constant("k", WeightRef.of(Tensor.of(counting, n).cast(dtype)));
    Value bound =
        context.binary(BinaryFunction.ADD, context.binary(BinaryFunction.MULTIPLY, sorted, k), 1);
    Value support = context.cast(context.binary(BinaryFunction.GREATER, bound, sums), dtype);
    Reduce sum = new Reduce(Reduce.Function.SUM, List.of(1), true);
    Value size = context.add("size", sum, support);
    Value total =
        context.add("total", sum, context.binary(BinaryFunction.MULTIPLY, sorted, support));
    Value tau =
        context.binary(
            BinaryFunction.DIVIDE, context.binary(BinaryFunction.SUBTRACT, total, 1), size);
    Value result =
        context.unary(UnaryFunction.RELU, context.binary(BinaryFunction.SUBTRACT, rows, tau));
    return last == 1 ? result : context.add("unrows", Shapes.like(shape, 1), result, x);
  }
}
