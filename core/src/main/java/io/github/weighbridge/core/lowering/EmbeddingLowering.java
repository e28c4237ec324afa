package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Embedding;
import io.github.weighbridge.core.layer.Quantization;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Gather} of rows; the mask is {@code index != 0}. */
final class EmbeddingLowering implements Lowering<Embedding> {

  private static final Gather ROWS = new Gather(0, 0);

  @Override
  public Lowered lower(Embedding layer, LoweringContext context) {
    return rows(context, layer.outputDim(), layer.maskZero());
  }

  /** The rows of the table that the input names. */
  static Lowered rows(LoweringContext context, int outputDim, boolean maskZero) {
    // As they are: in 16 bits, which the layer may compute in, large indices would be rounded.
    Value given = context.rawInput();
    // Keras casts what is no int32 or int64, floats by cutting off.
    DataType dtype = given.type().dtype();
    boolean index = dtype == DataType.INT32 || dtype == DataType.INT64;
    Value indices = index ? given : context.cast(given, DataType.INT32);
    @Nullable Quantization mode = context.quantization();
    Value rows =
        mode == null
            ? context.add("gather", ROWS, context.weight("embeddings"), indices)
            : quantized(context, mode, outputDim, indices);
    return Lowered.of(rows, maskZero ? context.binary(BinaryFunction.NOT_EQUAL, given, 0) : null);
  }

  /** Only the rows that are named are scaled. */
  private static Value quantized(
      LoweringContext context, Quantization mode, int outputDim, Value indices) {
    DataType dtype = context.computeType();
    boolean packed = mode.mode() == Quantization.Mode.INT4;
    Value table =
        packed
            ? context.weight("embeddings", DataType.INT8, bytes -> bytes.unpacked(1, outputDim))
            : context.weight("embeddings");
    Value whole = context.cast(context.add("gather", ROWS, table, indices), dtype);
    Value scales = context.add("scales", ROWS, context.weight("embeddings_scale"), indices);
    if (!mode.isGrouped()) {
      Value scale = context.add("scale", new Unsqueeze(List.of(scales.type().rank())), scales);
      return context.binary(BinaryFunction.DIVIDE, whole, scale);
    }
    Value zeros = context.add("zeros", ROWS, context.weight("embeddings_zero", dtype), indices);
    Value groups = context.weight("g_idx", DataType.INT32);
    Gather along = new Gather(scales.type().rank() - 1, 0);
    return context.binary(
        BinaryFunction.MULTIPLY,
        context.binary(BinaryFunction.SUBTRACT, whole, context.add("zero", along, zeros, groups)),
        context.add("scale", along, scales, groups));
  }
}
