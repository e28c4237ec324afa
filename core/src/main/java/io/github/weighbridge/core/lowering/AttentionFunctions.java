package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.EinsumEquation;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attention of heads: {@code softmax(query key^T scale + bias) value}, in single precision. */
final class AttentionFunctions {

  private static final EinsumEquation SCORES = EinsumEquation.parse("btnh,bsnh->bnts");
  private static final EinsumEquation MIXTURE = EinsumEquation.parse("bnts,bsnh->btnh");

  private AttentionFunctions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "DotProductAttention(query, key, value, bias=None, mask=None, scale=None,"
            + " is_causal=False, flash_attention=None, attn_logits_soft_cap=None)",
        AttentionFunctions::dotProductAttention);
  }

  /** TensorFlow's back end of Keras 3.15 leaves the soft cap out. */
  private static Value dotProductAttention(FunctionCall call) {
    if (!call.isNone("flash_attention") && call.flag("flash_attention")) {
      throw call.unsupported("'flash_attention' must not be asked for", "true");
    }
    List<Value> operands = call.promoted("query", "key", "value");
    Value query = operands.get(0);
    Rules.require(query.type().rank() == 4, "'query' must have 4 axes, is " + query.type());
    Value key = shared(call, operands.get(1), query);
    Value value = shared(call, operands.get(2), query);
    Value products = call.einsum(SCORES, query, key);
    DataType wide = Statistics.wide(products.type().dtype());
    double scale =
        call.isNone("scale")
            ? 1 / Math.sqrt((double) call.knownSize(key, 3))
            : call.number("scale");
    Value scores = call.binary(BinaryFunction.MULTIPLY, call.cast(products, wide), scale);
    if (!call.isNone("bias")) {
      scores = call.binary(BinaryFunction.ADD, scores, call.as(wide, "bias").get(0));
    }
    Value mask = call.isNone("mask") ? null : call.as(DataType.BOOL, "mask").get(0);
    Value causal = call.flag("is_causal") ? AttentionMask.causal(call, scores, 2, scores, 3) : null;
    Value allowed = AttentionMask.both(call, mask, causal);
    Value proportions = call.add("softmax", new Softmax(3, false), masked(call, scores, allowed));
    return call.einsum(MIXTURE, call.cast(proportions, value.type().dtype()), value);
  }

  private static Value masked(FunctionCall call, Value scores, @Nullable Value allowed) {
    if (allowed == null) {
      return scores;
    }
    Value low = call.scalar("low", scores.type().dtype(), -0.7 * 3.38953e38);
    return call.add("masked", new Where(), allowed, scores, low);
  }

  /** Keys or values of fewer heads, each repeated for the queries that share it. */
  private static Value shared(FunctionCall call, Value x, Value query) {
    long heads = call.knownSize(query, 2);
    long own = call.knownSize(x, 2);
    if (heads <= own || own == 1) {
      return x;
    }
    Rules.require(
        heads % own == 0, heads + " heads of queries cannot share " + own + " heads of keys");
    List<DimSource> copies = new ArrayList<>();
    List<DimSource> merged = new ArrayList<>();
    for (int axis = 0; axis < 4; axis++) {
      DimSource size = DimSource.of(x.type().shape().dim(axis), 1, axis);
      copies.add(size);
      merged.add(axis == 2 ? new DimSource.Fixed(heads) : size);
    }
    copies.add(3, new DimSource.Fixed(heads / own));
    Value widened = call.add("copies", new Unsqueeze(List.of(3)), x);
    Value repeated = call.add("repeated", new Expand(copies), widened, x);
    return call.add("heads", new Reshape(merged), repeated, x);
  }
}
