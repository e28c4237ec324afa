package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.MaxoutDense;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import java.util.List;

/** One product with all kernels side by side, and the largest of each unit's results. */
final class MaxoutDenseLowering implements Lowering<MaxoutDense> {

  @Override
  public Lowered lower(MaxoutDense layer, LoweringContext context) {
    Value x = context.cast(context.input(), context.computeType());
    long width = (long) layer.nbFeature() * layer.units();
    long in = context.weightSizes("kernel")[1];
    Value kernel =
        context.weight("kernel", weight -> weight.transposed(1, 0, 2).reshaped(in, width));
    Value y = context.add("matmul", new MatMul(), x, kernel);
    if (layer.useBias()) {
      y = context.binary(BinaryFunction.ADD, y, context.weight("bias", width));
    }
    List<DimSource> dims =
        List.of(
            DimSource.of(x.type().shape().dim(0), 0, 0),
            new DimSource.Fixed(layer.nbFeature()),
            new DimSource.Fixed(layer.units()));
    Value features = context.add("features", new Reshape(dims), y);
    return Lowered.of(
        context.add("largest", new Reduce(Reduce.Function.MAX, List.of(1), false), features));
  }
}
