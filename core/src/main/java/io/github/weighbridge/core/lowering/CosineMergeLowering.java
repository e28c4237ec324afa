package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CosineMerge;
import io.github.weighbridge.core.layer.Dot;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import java.util.List;

/** Three products of {@link DotLowering}, and their quotient. */
final class CosineMergeLowering implements Lowering<CosineMerge> {

  /** Keras's epsilon. */
  private static final double SMALLEST = 1e-7;

  @Override
  public Lowered lower(CosineMerge layer, LoweringContext context) {
    Value x = context.inputs().get(0);
    Value y = context.inputs().get(1);
    Dot dot = layer.dot();
    Value squares =
        context.binary(
            BinaryFunction.MULTIPLY,
            DotLowering.product(dot, context, x, x),
            DotLowering.product(dot, context, y, y));
    Value lengths =
        context.binary(
            BinaryFunction.MAXIMUM, context.unary(UnaryFunction.SQRT, squares), SMALLEST);
    Value cosine =
        context.binary(BinaryFunction.DIVIDE, DotLowering.product(dot, context, x, y), lengths);
    return Lowered.of(context.add("axis", new Unsqueeze(List.of(1)), cosine));
  }
}
