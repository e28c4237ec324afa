package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Quantization;
import io.github.weighbridge.core.layer.ReversibleEmbedding;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of the table, or a product with all of them; {@code cap tanh(x / cap)} limits it. */
final class ReversibleEmbeddingLowering implements Lowering<ReversibleEmbedding> {

  @Override
  public Lowered lower(ReversibleEmbedding layer, LoweringContext context) {
    if (!context.isTrue(ReversibleEmbedding.REVERSE)) {
      return EmbeddingLowering.rows(context, layer.outputDim(), layer.maskZero());
    }
    Value x = context.rawInput();
    @Nullable Quantization mode = context.quantization();
    Value logits =
        mode == null
            ? product(layer, context, x)
            : new QuantizedReverse(layer, context, mode).product(x);
    Double cap = layer.logitSoftCap();
    if (cap == null) {
      return Lowered.of(logits);
    }
    Value bent =
        context.unary(UnaryFunction.TANH, context.binary(BinaryFunction.DIVIDE, logits, cap));
    return Lowered.of(context.binary(BinaryFunction.MULTIPLY, bent, cap));
  }

  private static Value product(ReversibleEmbedding layer, LoweringContext context, Value x) {
    DataType dtype = layer.reversedIn(x.type().dtype(), context.variableType());
    Value kernel =
        layer.tieWeights()
            ? context.add(
                "turned", new Transpose(List.of(1, 0)), context.weight("embeddings", dtype))
            : context.weight("reverse_embeddings", dtype);
    return context.add("matmul", new MatMul(), context.cast(x, dtype), kernel);
  }
}
