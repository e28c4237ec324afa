package io.github.weighbridge.core.pass;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes out steps that change nothing, alone or together with the step before. */
final class Simplify implements Pass {

  @Override
  public Graph apply(Graph graph) {
    Rewriter rewriter = new Rewriter(graph);
    for (Step step : graph.steps()) {
      if (changesNothing(step)) {
        rewriter.put(step.output(), rewriter.copy(step.operand(0)));
        continue;
      }
      if (!joinWithStepBefore(step, rewriter)) {
        rewriter.copy(step);
      }
    }
    return rewriter.build();
  }

  private static boolean changesNothing(Step step) {
    Operation op = step.op();
    if (op instanceof Unary unary) {
      return unary.function() == UnaryFunction.IDENTITY;
    }
    if (op instanceof Cast cast) {
      return cast.dtype() == step.operand(0).type().dtype();
    }
    if (op instanceof Transpose transpose) {
      return transpose.equals(identity(transpose.perm().size()));
    }
    // Equal dimensions, symbolic ones included, leave every element where it is.
    return (op instanceof Reshape || op instanceof Expand)
        && step.operand(0).type().equals(step.output().type());
  }

  private static boolean joinWithStepBefore(Step step, Rewriter rewriter) {
    if (step.operands().isEmpty()) {
      return false;
    }
    Optional<Step> before = rewriter.maker(step.operand(0));
    if (before.isEmpty()) {
      return false;
    }
    Operation op = step.op();
    Operation first = before.get().op();
    Value origin = before.get().operands().isEmpty() ? null : before.get().operandOrNull(0);
    if (origin == null) {
      return false;
    }
    if (op instanceof Slice slice && slice.equals(first) && isReversal(slice)) {
      rewriter.put(step.output(), rewriter.copy(origin));
      return true;
    }
    if (op instanceof Transpose second && first instanceof Transpose one) {
      Transpose both = joined(one, second);
      rewriter.put(
          step.output(),
          both.equals(identity(both.perm().size()))
              ? rewriter.copy(origin)
              : rewriter.builder().add(step.name(), both, rewriter.copy(origin)));
      return true;
    }
    return false;
  }

  private static boolean isReversal(Slice slice) {
    return slice.axes().size() == 1 && slice.equals(Slice.reversed(slice.axes().get(0)));
  }

  private static Transpose joined(Transpose first, Transpose second) {
    return new Transpose(second.perm().stream().map(first.perm()::get).toList());
  }

  private static Transpose identity(int rank) {
    List<Integer> perm = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      perm.add(i);
    }
    return new Transpose(perm);
  }
}
