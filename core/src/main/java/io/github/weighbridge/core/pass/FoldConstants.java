package io.github.weighbridge.core.pass;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Steps that only depend on constants become constants: views that are computed when read. */
final class FoldConstants implements Pass {

  /** How many indices are read to fold what they pick out. */
  private static final int MOST_INDICES = 1 << 16;

  @Override
  public Graph apply(Graph graph) {
    Rewriter rewriter = new Rewriter(graph);
    GraphBuilder builder = rewriter.builder();
    for (Step step : graph.steps()) {
      List<WeightRef> weights = new ArrayList<>();
      for (Value operand : step.inputs()) {
        builder.constantOf(rewriter.copy(operand)).ifPresent(weights::add);
      }
      boolean known = !weights.isEmpty() && weights.size() == step.operands().size();
      Optional<WeightRef> folded = known ? fold(step, weights) : Optional.empty();
      if (folded.isPresent()) {
        rewriter.put(step.output(), builder.constant(step.name(), folded.get()));
      } else {
        rewriter.copy(step);
      }
    }
    return rewriter.build();
  }

  private static Optional<WeightRef> fold(Step step, List<WeightRef> weights) {
    Operation op = step.op();
    WeightRef x = weights.get(0);
    if (op instanceof Transpose transpose) {
      return Optional.of(x.transposed(transpose.permutation()));
    }
    if (op instanceof Reshape || op instanceof Squeeze || op instanceof Unsqueeze) {
      return Optional.of(x.reshaped(step.output().type().shape().sizes()));
    }
    if (op instanceof Cast cast) {
      return Optional.of(x.cast(cast.dtype()));
    }
    if (op instanceof Gather gather && gather.batchDims() == 0) {
      return gathered(x, gather.axis(), weights.get(1));
    }
    if (op instanceof Concat concat) {
      return Optional.of(WeightRef.concatenated(concat.axis(), weights));
    }
    if (op instanceof Unary unary) {
      return Optional.of(WeightRef.mapped(x.dtype(), e -> unary.apply(e[0]), weights));
    }
    if (op instanceof Binary binary) {
      return Optional.of(
          WeightRef.mapped(
              step.output().type().dtype(), e -> binary.function().apply(e[0], e[1]), weights));
    }
    return Optional.empty();
  }

  /**
   * Slices by a short vector of indices, which is read now; wrong ones are the runtime's to tell.
   */
  private static Optional<WeightRef> gathered(WeightRef x, int axis, WeightRef indices) {
    if (indices.type().rank() != 1 || indices.count() > MOST_INDICES) {
      return Optional.empty();
    }
    Tensor loaded = indices.load();
    long[] places = new long[loaded.count()];
    Arrays.setAll(places, loaded::getLong);
    long size = x.sizes()[axis];
    return Arrays.stream(places).allMatch(place -> place >= 0 && place < size)
        ? Optional.of(x.gathered(axis, places))
        : Optional.empty();
  }
}
