package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Softmax}; over several axes by its definition, the largest element subtracted first. */
final class MaskedSoftmax {

  private MaskedSoftmax() {}

  /**
   * The softmax of what a mask lets through.
   *
   * @param mask broadcast to {@code x}; null for everything
   * @param zeroMasked whether masked elements are put aside and zero even where all are (Keras 3),
   *     else they are only lowered and share 1 (tf.keras)
   */
  static Value of(
      LoweringContext context,
      Value x,
      @Nullable Value mask,
      List<Integer> axes,
      boolean zeroMasked) {
    if (mask == null) {
      return softmax(context, x, axes);
    }
    DataType dtype = x.type().dtype();
    if (!zeroMasked) {
      Value masked =
          context.binary(
              BinaryFunction.SUBTRACT,
              context.scalar("value", dtype, 1),
              context.cast(mask, dtype));
      double low = dtype == DataType.FLOAT16 ? -32752 : -1e9;
      Value lowered =
          context.binary(
              BinaryFunction.ADD, x, context.binary(BinaryFunction.MULTIPLY, masked, low));
      return softmax(context, lowered, axes);
    }
    Value counts =
        mask.type().dtype() == DataType.BOOL
            ? mask
            : context.binary(BinaryFunction.GREATER, mask, 0.5);
    Value floor = context.scalar("floor", dtype, dtype == DataType.FLOAT16 ? -3e4 : -1e9);
    Value result = softmax(context, context.add("masked", new Where(), counts, x, floor), axes);
    return context.add("kept", new Where(), counts, result, context.scalar("zero", dtype, 0));
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
