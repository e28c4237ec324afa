package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A computation on tensors. Immutable records; constants and weights are operands. */
public sealed interface Operation
    permits ArgReduce,
        ArgSort,
        BatchNormalization,
        Binary,
        Cast,
        Concat,
        Conv,
        ConvTranspose,
        CumProd,
        CumSum,
        Expand,
        Gather,
        GatherElements,
        GatherND,
        LayerNormalization,
        MatMul,
        Pad,
        Pool,
        Recurrent,
        Reduce,
        Reshape,
        Resize,
        Scan,
        ScatterND,
        Slice,
        Softmax,
        Squeeze,
        TextOperation,
        TopK,
        Transpose,
        Unary,
        Unsqueeze,
        Where {

  /** The operation's name, as it is printed: the record's, or the function's of a family. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * The types of the outputs.
   *
   * @param operands the types of the operands; null where an optional one is left out
   * @throws IllegalArgumentException if they do not fit, saying which rule is broken
   */
  List<TensorType> outputTypes(List<@Nullable TensorType> operands);
}
