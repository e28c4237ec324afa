package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Attention;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code softmax(scores) value}, masked scores lowered by 1e9 first. Plain products and Softmax:
 * ND4J's {@code dot_product_attention} knows neither this mask nor other scores than products, and
 * ONNX has an Attention since opset 23 only.
 */
final class AttentionLowering implements Lowering<Attention> {

  @Override
  public Lowered lower(Attention layer, LoweringContext context) {
    Value query = context.input();
    Value key = context.inputs().get(context.inputs().size() - 1);
    Value scores;
    if (layer.scoreMode() == Attention.ScoreMode.DOT) {
      scores = context.add("scores", new MatMul(), query, turned(context, key));
      if (layer.useScale()) {
        scores = context.binary(BinaryFunction.MULTIPLY, scores, context.weight("scale"));
      }
    } else {
      Value sums = sums(context, query, key);
      if (layer.useScale()) {
        sums = context.binary(BinaryFunction.MULTIPLY, sums, context.weight("scale"));
      }
      Value weight = context.weight("concat_score_weight");
      scores =
          context.binary(
              BinaryFunction.MULTIPLY,
              total(context, context.unary(UnaryFunction.TANH, sums)),
              weight);
    }
    return attended(context, scores, layer.causal());
  }

  private static Value turned(LoweringContext context, Value x) {
    List<Integer> perm = new ArrayList<>();
    for (int axis = 0; axis < x.type().rank(); axis++) {
      perm.add(axis);
    }
    Collections.swap(perm, perm.size() - 2, perm.size() - 1);
    return context.add("turned", new Transpose(perm), x);
  }

  /** Every query plus every key: {@code [..., queries, keys, features]}. */
  static Value sums(LoweringContext context, Value query, Value key) {
    int rank = query.type().rank();
    return context.binary(
        BinaryFunction.ADD,
        context.add("queries", new Unsqueeze(List.of(rank - 1)), query),
        context.add("keys", new Unsqueeze(List.of(rank - 2)), key));
  }

  /** The sum over the features. */
  static Value total(LoweringContext context, Value x) {
    return context.add(
        "scores", new Reduce(Reduce.Function.SUM, List.of(x.type().rank() - 1), false), x);
  }

  /** The values of the call in the proportions of the scores; the mask is the query's. */
  static Lowered attended(LoweringContext context, Value scores, boolean causal) {
    List<@Nullable Value> masks = context.masks();
    int last = scores.type().rank() - 1;
    Value allowed = null;
    if (masks.get(1) != null) {
      allowed =
          context.add(
              "values", new Unsqueeze(List.of(masks.get(1).type().rank() - 1)), masks.get(1));
    }
    if (causal || context.isTrue("use_causal_mask")) {
      allowed =
          AttentionMask.both(
              context, allowed, AttentionMask.causal(context, scores, last - 1, scores, last));
    }
    Value weights =
        context.add("softmax", new Softmax(last, false), lowered(context, scores, allowed));
    Value values = context.add("mixed", new MatMul(), weights, context.inputs().get(1));
    Value queries = masks.get(0);
    if (queries != null) {
      Value kept = context.add("queries", new Unsqueeze(List.of(queries.type().rank())), queries);
      Value zero = context.scalar("zero", values.type().dtype(), 0);
      values = context.add("kept", new Where(), context.cast(kept, DataType.BOOL), values, zero);
    }
    return context.isTrue("return_attention_scores")
        ? new Lowered(List.of(values, weights), Arrays.asList(queries, null))
        : Lowered.of(values, queries);
  }

  private static Value lowered(LoweringContext context, Value scores, @Nullable Value allowed) {
    if (allowed == null) {
      return scores;
    }
    double low = scores.type().dtype() == DataType.FLOAT16 ? 65504 : 1e9;
    Value below = context.binary(BinaryFunction.SUBTRACT, scores, low);
    return context.add("masked", new Where(), context.cast(allowed, DataType.BOOL), scores, below);
  }
}
