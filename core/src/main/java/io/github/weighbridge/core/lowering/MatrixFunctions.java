package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Diagonals, triangles and norms of matrices. */
final class MatrixFunctions {

  private MatrixFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("CDist(x, y)", MatrixFunctions::distances);
    table.add("Diag(x, k=0)", call -> diag(call, call.tensor("x")));
    table.add("Diagflat(x, k=0)", call -> matrix(call, Shapes.flat(call, call.tensor("x"))));
    table.add("Diagonal(x, offset=0, axis1=0, axis2=1)", MatrixFunctions::diagonal);
    table.add("Norm(x, ord=None, axis=None, keepdims=False)", MatrixFunctions::norm);
    table.add("Trace(x, offset=0, axis1=0, axis2=1)", MatrixFunctions::trace);
    table.add("Tril(x, k=0)", call -> triangle(call, BinaryFunction.GREATER_EQUAL));
    table.add("Triu(x, k=0)", call -> triangle(call, BinaryFunction.LESS_EQUAL));
    table.add("Vander(x, N=None, increasing=False)", MatrixFunctions::vandermonde);
  }

  private static Value diag(FunctionCall call, Value x) {
    return switch (x.type().rank()) {
      case 1 -> matrix(call, x);
      case 2 -> diagonal(call, x, call.whole("k"));
      default -> throw new IllegalArgumentException("'x' must have 1 or 2 axes, is " + x.type());
    };
  }

  /** A matrix of zeros with a vector on a diagonal. */
  private static Value matrix(FunctionCall call, Value x) {
    int k = call.whole("k");
    long size = call.knownSize(x, 0) + Math.abs(k);
    Pad zeros = new Pad(List.of(0L), List.of((long) Math.abs(k)), Pad.Mode.CONSTANT, 0);
    Value padded = k == 0 ? x : call.add("zeros", zeros, x);
    // Above the diagonal a number stands in the row of its place, below in the column.
    Value spread = call.add("spread", new Unsqueeze(List.of(k < 0 ? 0 : 1)), padded);
    Value zero = call.scalar("zero", x.type().dtype(), 0);
    return call.add("diag", new Where(), onDiagonal(call, size, size, k), spread, zero);
  }

  /** Where a matrix's diagonal is. */
  private static Value onDiagonal(FunctionCall call, long rows, long columns, int offset) {
    boolean[] places = new boolean[Math.toIntExact(rows * columns)];
    for (long place : diagonalPlaces(rows, columns, offset)) {
      places[(int) place] = true;
    }
    return call.constant("diagonal", Tensor.of(places, rows, columns));
  }

  private static long[] diagonalPlaces(long rows, long columns, int offset) {
    long first = Math.max(0, -(long) offset);
    long count = Math.max(0, Math.min(rows - first, columns - first - offset));
    return IntStream.range(0, (int) count)
        .mapToLong(i -> (first + i) * columns + first + i + offset)
        .toArray();
  }

  private static Value diagonal(FunctionCall call) {
    return diagonal(call, matrices(call), call.whole("offset"));
  }

  /** The argument with the two axes of its matrices last. */
  private static Value matrices(FunctionCall call) {
    Value x = call.tensor("x");
    int row = call.axis("axis1", x);
    int column = call.axis("axis2", x);
    Rules.require(row != column, "'axis1' and 'axis2' must differ, both are " + row);
    return Shapes.movedLast(call, x, row, column);
  }

  private static Value diagonal(FunctionCall call, Value x, int offset) {
    int rank = x.type().rank();
    long rows = call.knownSize(x, rank - 2);
    long columns = call.knownSize(x, rank - 1);
    List<DimSource> dims = new ArrayList<>();
    for (int i = 0; i < rank - 2; i++) {
      dims.add(DimSource.of(x.type().shape().dim(i), 0, i));
    }
    dims.add(new DimSource.Fixed(rows * columns));
    Value flat = call.add("flat", new Reshape(dims), x);
    long[] places = diagonalPlaces(rows, columns, offset);
    Value indices = call.constant("places", Tensor.of(places, places.length));
    return call.add("diagonal", new Gather(rank - 2, 0), flat, indices);
  }

  /** Small whole numbers add up to those of 32 bits. */
  private static Value trace(FunctionCall call) {
    Value x = matrices(call);
    DataType summed =
        switch (x.type().dtype()) {
          case BOOL, INT8, INT16 -> DataType.INT32;
          case UINT8, UINT16 -> DataType.UINT32;
          default -> x.type().dtype();
        };
    Value diagonal = diagonal(call, call.cast(x, summed), call.whole("offset"));
    Reduce sum = new Reduce(Reduce.Function.SUM, List.of(diagonal.type().rank() - 1), false);
    return call.add("trace", sum, diagonal);
  }

  private static Value norm(FunctionCall call) {
    return norm(call, call.floating("x"), call.literal("ord"), call.flag("keepdims"));
  }

  /** The norm along the axis, or of the matrices along the two axes, of the call. */
  static Value norm(FunctionCall call, Value x, Tree order, boolean keepDims) {
    int rank = x.type().rank();
    List<Integer> axes =
        call.isNone("axis")
            ? call.axes("axis", x)
            : call.wholes("axis").stream().map(axis -> Rules.axis(axis, rank)).toList();
    if (axes.size() == 1) {
      double power = order.isNull() ? 2 : power(order);
      return Norms.ofVectors(call, x, axes.get(0), power, keepDims);
    }
    Rules.require(axes.size() == 2, "a norm must be over one axis or two, is over " + axes);
    if (order.isNull() || order.asText().filter("fro"::equals).isPresent()) {
      return Norms.euclidean(call, x, axes.stream().sorted().toList(), keepDims);
    }
    if (order.asText().isPresent() || Math.abs(power(order)) == 2) {
      throw call.unsupported("norms must need no decomposition of matrices", "'ord' " + order);
    }
    double power = power(order);
    Rules.require(
        Math.abs(power) == 1 || Double.isInfinite(power), "no norm of matrices is " + order);
    // The largest sum of a column by 1, of a row by infinity; the smallest by their negatives.
    int summed = axes.get(Math.abs(power) == 1 ? 0 : 1);
    Reduce.Function chosen = power > 0 ? Reduce.Function.MAX : Reduce.Function.MIN;
    Value absolute = call.unary(UnaryFunction.ABS, x);
    Value sums = call.add("sums", new Reduce(Reduce.Function.SUM, List.of(summed), true), absolute);
    int other = axes.get(Math.abs(power) == 1 ? 1 : 0);
    Value norm = call.add("norm", new Reduce(chosen, List.of(other), true), sums);
    return keepDims ? norm : call.add("norm", new Squeeze(axes.stream().sorted().toList()), norm);
  }

  private static double power(Tree order) {
    return order
        .asDouble()
        .orElseThrow(() -> new IllegalArgumentException("no norm of matrices is " + order));
  }

  /** Zeros on one side of a diagonal. */
  private static Value triangle(FunctionCall call, BinaryFunction kept) {
    Value x = call.tensor("x");
    int last = x.type().rank() - 1;
    Rules.require(last > 0, "'x' must have two axes or more, is " + x.type());
    Value rows = Positions.along(call, x, last - 1, 1);
    Value diagonal =
        call.whole("k") == 0 ? rows : call.binary(BinaryFunction.ADD, rows, call.whole("k"));
    Value inside = call.binary(kept, diagonal, Positions.along(call, x, last, 0));
    return call.add("triangle", new Where(), inside, x, call.scalar("zero", x.type().dtype(), 0));
  }

  /** The powers of every number, the highest first, computed in floating-point numbers. */
  private static Value vandermonde(FunctionCall call) {
    Value x = call.tensor("x");
    int count = Math.toIntExact(call.isNone("N") ? call.knownSize(x, 0) : call.whole("N"));
    DataType dtype = x.type().dtype();
    DataType computed = dtype == DataType.FLOAT64 ? DataType.FLOAT64 : DataType.FLOAT32;
    boolean increasing = call.flag("increasing");
    double[] powers =
        IntStream.range(0, count).mapToDouble(i -> increasing ? i : count - 1 - i).toArray();
    Value column =
        call.add("column", new Unsqueeze(List.of(x.type().rank())), call.cast(x, computed));
    Value exponents = call.constant("powers", Tensor.of(powers, count).cast(computed));
    return call.cast(call.binary(BinaryFunction.POWER, column, exponents), dtype);
  }

  /** The distance of every row of one matrix to every row of the other. */
  private static Value distances(FunctionCall call) {
    List<Value> operands = call.floating("x", "y");
    Value x = operands.get(0);
    Value y = operands.get(1);
    Rules.require(
        x.type().rank() > 1 && y.type().rank() > 1,
        "matrices are needed, got " + x.type() + " and " + y.type());
    Value apart =
        call.binary(
            BinaryFunction.SUBTRACT,
            call.add("rows", new Unsqueeze(List.of(x.type().rank() - 1)), x),
            call.add("columns", new Unsqueeze(List.of(y.type().rank() - 2)), y));
    return Norms.euclidean(call, apart, List.of(apart.type().rank() - 1), false);
  }
}
