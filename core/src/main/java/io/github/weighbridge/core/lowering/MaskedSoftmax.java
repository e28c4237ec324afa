package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The softmax of what a mask lets through. */
final class MaskedSoftmax {

  private MaskedSoftmax() {}

  /**
   * The softmax.
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
      return Softmaxes.softmax(context, x, axes, false);
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
      return Softmaxes.softmax(context, lowered, axes, false);
    }
    Value counts =
        mask.type().dtype() == DataType.BOOL
            ? mask
            : context.binary(BinaryFunction.GREATER, mask, 0.5);
    Value floor = context.scalar("floor", dtype, dtype == DataType.FLOAT16 ? -3e4 : -1e9);
    Value kept = context.add("masked", new Where(), counts, x, floor);
    Value result = Softmaxes.softmax(context, kept, axes, false);
    return context.add("kept", new Where(), counts, result, context.scalar("zero", dtype, 0));
  }
}
