package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Embedding;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.tensor.DataType;

/** {@code Gather} of rows; the mask is {@code index != 0}. */
final class EmbeddingLowering implements Lowering<Embedding> {

  @Override
  public Lowered lower(Embedding layer, LoweringContext context) {
    return rows(context, layer.maskZero());
  }

  /** The rows of the table that the input names. */
  static Lowered rows(LoweringContext context, boolean maskZero) {
    // As they are: in 16 bits, which the layer may compute in, large indices would be rounded.
    Value given = context.rawInput();
    // Keras casts what is no int32 or int64, floats by cutting off.
    DataType dtype = given.type().dtype();
    boolean index = dtype == DataType.INT32 || dtype == DataType.INT64;
    Value indices = index ? given : context.cast(given, DataType.INT32);
    Value rows = context.add("gather", new Gather(0, 0), context.weight("embeddings"), indices);
    return Lowered.of(rows, maskZero ? context.binary(BinaryFunction.NOT_EQUAL, given, 0) : null);
  }
}
