package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.MultiHeadAttention;
import io.github.weighbridge.core.op.BinaryFunction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** {@code softmax(query key / sqrt(keyDim)) value} in every head, the heads joined. */
final class MultiHeadAttentionLowering implements Lowering<MultiHeadAttention> {

  @Override
  public Lowered lower(MultiHeadAttention layer, LoweringContext context) {
    Heads heads = new Heads(context, layer.takesMasks());
    int rank = context.input().type().rank();
    int attended = layer.attentionRank(rank);
    boolean returnScores = context.isTrue("return_attention_scores");
    // Keras (3.15) takes no query_mask but that which comes along, whatever it is given.
    Value queries = layer.takesMasks() ? context.maskOf("query", 0) : null;
    // tf.keras (2.15) loses the mask of its first argument where it casts that.
    boolean isCast = context.rawInput().type().dtype() != context.computeType();
    Value counting = isCast && !layer.keepsCastMask() ? null : queries;
    Value mask = heads.mask(counting, layer.slidingWindow());
    Value query = heads.query();
    double scale = 1 / Math.sqrt(layer.keyDim());
    // Without a mask both generations compute the same.
    boolean zeroes = layer.zeroMasked() || mask == null;
    boolean fused = zeroes && layer.dropout() == 0 && !returnScores && rank == 3;
    if (!fused) {
      query = context.binary(BinaryFunction.MULTIPLY, query, scale);
    }
    Value scores = context.einsum(layer.scores(rank), query, heads.key());
    Value allowed = heads.spread(mask, scores, attended);
    int last = scores.type().rank();
    List<Integer> axes = IntStream.range(last - attended, last).boxed().toList();
    Value proportions =
        fused
            ? heads.proportions(scores, scale, allowed)
            : MaskedSoftmax.of(context, scores, allowed, axes, layer.zeroMasked());
    Value mixed = context.einsum(layer.mixture(rank), proportions, heads.value());
    Value output = heads.joined(mixed, layer.useGate());
    return returnScores
        ? new Lowered(List.of(output, proportions), Arrays.asList(queries, null))
        : Lowered.of(output, queries);
  }
}
