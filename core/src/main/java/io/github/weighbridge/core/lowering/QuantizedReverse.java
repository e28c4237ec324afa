package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.AbsMaxQuantizer;
import io.github.weighbridge.core.layer.Quantization;
import io.github.weighbridge.core.layer.ReversibleEmbedding;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vectors times all rows of a quantised table, which stand in columns here. Inputs are not cast to
 * the type that the layer computes in (3.15).
 */
record QuantizedReverse(ReversibleEmbedding layer, LoweringContext context, Quantization mode) {

  Value product(Value x) {
    DataType given = x.type().dtype();
    DataType dtype = ReversibleEmbedding.scaledIn(given, context.computeType());
    @Nullable AbsMaxQuantizer quantizer = layer.inputQuantizer(AbsMaxQuantizer.DEFAULT);
    if (quantizer == null) {
      return mode.isGrouped()
          ? multiplied(context.cast(x, dtype), groupedTable(dtype))
          : scaled(multiplied(x, table(given)), tableScale(dtype), dtype);
    }
    List<Integer> axes =
        quantizer.axis() == null
            ? List.of(x.type().rank() - 1)
            : quantizer.axis().counted(x.type().rank());
    Quantizing.Scaled whole = Quantizing.byLargest(context, quantizer, x, axes);
    Value inputScale = context.cast(whole.scale(), dtype);
    if (mode.isGrouped()) {
      Value product = multiplied(context.cast(whole.values(), dtype), groupedTable(dtype));
      return context.binary(BinaryFunction.DIVIDE, product, inputScale);
    }
    Value scales = context.binary(BinaryFunction.MULTIPLY, inputScale, tableScale(dtype));
    return scaled(multiplied(whole.values(), table(DataType.INT8)), scales, dtype);
  }

  private Value multiplied(Value x, Value table) {
    return context.add("matmul", new MatMul(), x, table);
  }

  /** Sums are rounded to the type that the layer computes in before they are scaled. */
  private Value scaled(Value sums, Value scale, DataType dtype) {
    Value rounded = context.cast(context.cast(sums, context.computeType()), dtype);
    return context.binary(BinaryFunction.DIVIDE, rounded, scale);
  }

  private Value tableScale(DataType dtype) {
    return context.weight(name("_scale"), dtype);
  }

  /** The whole numbers of the table. */
  private Value table(DataType dtype) {
    return context.weight(name(""), dtype, this::columns);
  }

  private WeightRef columns(WeightRef stored) {
    boolean packed = mode.mode() == Quantization.Mode.INT4;
    int along = layer.tieWeights() ? 1 : 0;
    WeightRef whole = packed ? stored.unpacked(along, layer.outputDim()) : stored;
    return inColumns(whole);
  }

  private WeightRef inColumns(WeightRef stored) {
    return layer.tieWeights() ? stored.transposed(1, 0) : stored;
  }

  private Value groupedTable(DataType dtype) {
    return Quantizing.byGroups(
        context,
        table(dtype),
        context.weight(name("_scale"), dtype, this::inColumns),
        context.weight(name("_zero"), dtype, this::inColumns),
        context.weight("g_idx", DataType.INT32));
  }

  private String name(String what) {
    return (layer.tieWeights() ? "embeddings" : "reverse_embeddings") + what;
  }
}
