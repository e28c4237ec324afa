package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.SoftmaxLayer;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;

/** {@code Softmax}; over several axes by its definition, the largest element subtracted first. */
final class SoftmaxLayerLowering implements Lowering<SoftmaxLayer> {

  @Override
  public Lowered lower(SoftmaxLayer layer, LoweringContext context) {
    Value x = context.input();
    // The mask may also be the second argument: Softmax()(scores, mask).
    List<Value> second = context.values("mask", 1);
    Value mask = second.isEmpty() ? context.mask() : second.get(0);
    if (mask != null && mask.type().dtype() != DataType.BOOL) {
      mask = context.binary(BinaryFunction.GREATER, mask, 0.5);
    }
    if (mask != null) {
      double low = x.type().dtype() == DataType.FLOAT16 ? -3e4 : -1e9;
      Value floor = context.scalar("floor", x.type().dtype(), low);
      x = context.add("masked", new Where(), mask, x, floor);
    }
    Value result = softmax(context, x, layer.axis().counted(x.type().rank()));
    if (mask != null && layer.zeroMasked()) {
      Value zero = context.scalar("zero", x.type().dtype(), 0);
      result = context.add("kept", new Where(), mask, result, zero);
    }
    return context.passMask(result);
  }

  private static Value softmax(LoweringContext context, Value x, List<Integer> axes) {
    if (axes.size() == 1) {
      return context.add("softmax", new Softmax(axes.get(0), false), x);
    }
    Value largest = context.add("largest", new Reduce(Reduce.Function.MAX, axes, true), x);
    Value power =
        context.unary(UnaryFunction.EXP, context.binary(BinaryFunction.SUBTRACT, x, largest));
    Value sum = context.add("sum", new Reduce(Reduce.Function.SUM, axes, true), power);
    return context.binary(BinaryFunction.DIVIDE, power, sum);
  }
}
