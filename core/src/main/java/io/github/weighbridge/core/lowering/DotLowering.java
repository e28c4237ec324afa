package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Dot;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Transpose;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code MatMul} of every sample: the left input as {@code [batch, kept, summed]}, the right one as
 * {@code [batch, summed, kept]}, the kept axes apart again afterwards.
 */
final class DotLowering implements Lowering<Dot> {

  @Override
  public Lowered lower(Dot layer, LoweringContext context) {
    Value left = context.inputs().get(0);
    Value right = context.inputs().get(1);
    int[] summed = layer.counted(left.type().rank(), right.type().rank());
    if (layer.normalize()) {
      left = Statistics.unitLength(context, left, List.of(summed[0]), layer.shortest());
      right = Statistics.unitLength(context, right, List.of(summed[1]), layer.shortest());
    }
    return Lowered.of(product(layer, context, left, right));
  }

  /** The product of two inputs as they are. */
  static Value product(Dot layer, LoweringContext context, Value left, Value right) {
    int[] summed = layer.counted(left.type().rank(), right.type().rank());
    Value rows = matrix(context, moveAxis(context, left, summed[0], left.type().rank() - 1), true);
    Value columns = matrix(context, moveAxis(context, right, summed[1], 1), false);
    Value product = context.add("matmul", new MatMul(), rows, columns);
    List<DimSource> dims = new ArrayList<>();
    dims.add(DimSource.of(left.type().shape().dim(0), 1, 0));
    keep(dims, left, summed[0], 1);
    keep(dims, right, summed[1], 2);
    if (dims.size() == 1) {
      dims.add(new DimSource.Fixed(1));
    }
    return context.add("dot", new Reshape(dims), product, left, right);
  }

  private static Value moveAxis(LoweringContext context, Value x, int from, int to) {
    if (from == to) {
      return x;
    }
    List<Integer> perm = new ArrayList<>();
    for (int i = 0; i < x.type().rank(); i++) {
      perm.add(i);
    }
    perm.remove(from);
    perm.add(to, from);
    return context.add("move", new Transpose(perm), x);
  }

  /** Rank 3: the batch, the summed axis (last of rows, first of columns), all others in one. */
  private static Value matrix(LoweringContext context, Value x, boolean rows) {
    int rank = x.type().rank();
    if (rank == 3) {
      return x;
    }
    DimSource batch = DimSource.of(x.type().shape().dim(0), 0, 0);
    int summedAxis = rows ? rank - 1 : 1;
    DimSource summed = DimSource.of(x.type().shape().dim(summedAxis), 0, summedAxis);
    DimSource kept = rank == 2 ? new DimSource.Fixed(1) : new DimSource.Rest();
    List<DimSource> dims = rows ? List.of(batch, kept, summed) : List.of(batch, summed, kept);
    return context.add("matrix", new Reshape(dims), x);
  }

  private static void keep(List<DimSource> dims, Value x, int summed, int operand) {
    for (int axis = 1; axis < x.type().rank(); axis++) {
      if (axis != summed) {
        dims.add(DimSource.of(x.type().shape().dim(axis), operand, axis));
      }
    }
  }
}
