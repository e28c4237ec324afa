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
 * Keras's sparsemax along the last axis: {@code max(x - tau, 0)}. With z sorted descending and
 * {@code s_k = z_1 + ... + z_k}, the k-th largest is of the support where {@code 1 + k z_k > s_k}.
 *
 * <p>Martins and Astudillo (2016, algorithm 1) take {@code tau = (s_n - 1) / n}, n being the size
 * of the support, so that the result sums to 1. Keras (3.15, every back end) takes {@code (s_1 +
 * ... + s_n - 1) / n}, which is the same for n = 1 only. What Keras computes counts here.
 */
final class Sparsemax {

  private Sparsemax() {}

  static Value apply(OperationScope context, Value x) {
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
    Value total = context.add("total", sum, context.binary(BinaryFunction.MULTIPLY, sums, support));
    Value tau =
        context.binary(
            BinaryFunction.DIVIDE, context.binary(BinaryFunction.SUBTRACT, total, 1), size);
    Value result =
        context.unary(UnaryFunction.RELU, context.binary(BinaryFunction.SUBTRACT, rows, tau));
    return last == 1 ? result : context.add("unrows", Shapes.like(shape, 1), result, x);
  }
}
