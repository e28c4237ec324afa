package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.EinsumEquation;
import io.github.weighbridge.core.layer.GroupQueryAttention;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * As {@link MultiHeadAttentionLowering}; the heads of queries that share one of keys stand in an
 * axis of their own, so that no key is repeated.
 */
final class GroupQueryAttentionLowering implements Lowering<GroupQueryAttention> {

  private static final EinsumEquation SCORES = EinsumEquation.parse("btgrh,bsgh->bgrts");
  private static final EinsumEquation MIXTURE = EinsumEquation.parse("bgrts,bsgh->btgrh");

  @Override
  public Lowered lower(GroupQueryAttention layer, LoweringContext context) {
    Heads heads = new Heads(context, true);
    boolean returnScores = context.isTrue("return_attention_scores");
    Value mask = heads.mask(heads.maskOf("query_mask", 3, "query", 0), layer.slidingWindow());
    Value query = heads.query();
    double scale = 1 / Math.sqrt(layer.headDim());
    // Without a mask all versions compute the same.
    boolean zeroes = layer.zeroMasked() || mask == null;
    boolean fused = zeroes && layer.dropout() == 0 && !returnScores;
    if (!fused) {
      query = context.binary(BinaryFunction.MULTIPLY, query, scale);
    }
    Value grouped = context.einsum(SCORES, divided(layer, context, query, 2), heads.key());
    Value scores = context.add("heads", shared(grouped, 1), grouped);
    Value allowed = heads.spread(mask, scores, 1);
    Value proportions =
        fused
            ? heads.proportions(scores, scale, allowed)
            : MaskedSoftmax.of(context, scores, allowed, List.of(3), layer.zeroMasked());
    Value mixed = context.einsum(MIXTURE, divided(layer, context, proportions, 1), heads.value());
    Value output = heads.joined(context.add("heads", shared(mixed, 2), mixed), layer.useGate());
    Value queries = context.maskOf("query", 0);
    return returnScores
        ? new Lowered(List.of(output, proportions), Arrays.asList(queries, null))
        : Lowered.of(output, queries);
  }

  /** The axis of heads as two: those of keys, and those that share one. */
  private static Value divided(
      GroupQueryAttention layer, LoweringContext context, Value x, int axis) {
    List<Dim> dims = new ArrayList<>(x.type().shape().dims());
    dims.set(axis, Dim.of(layer.numKeyValueHeads()));
    dims.add(axis + 1, Dim.of(layer.numQueryHeads() / layer.numKeyValueHeads()));
    return context.add("groups", reshape(new Shape(dims), axis, 1), x);
  }

  /** Two axes of heads as one. */
  private static Reshape shared(Value x, int axis) {
    List<Dim> dims = new ArrayList<>(x.type().shape().dims());
    dims.set(axis, dims.get(axis).times(dims.remove(axis + 1)));
    return reshape(new Shape(dims), axis, -1);
  }

  /** A reshape to a shape whose axes behind one are those of the operand, {@code shift} before. */
  private static Reshape reshape(Shape shape, int axis, int shift) {
    List<DimSource> dims = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      dims.add(DimSource.of(shape.dim(i), 0, i <= axis ? i : i - shift));
    }
    return new Reshape(dims);
  }
}
