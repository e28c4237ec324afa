package io.github.weighbridge.core.pass;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Scan;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes once what is computed several times, and {@code a and (a and b)} as the second. */
final class ShareSteps implements Pass {

  /** An operation with its operands. */
  private record Made(Operation op, List<@Nullable Value> operands) {}

  /** A constant of a single element. */
  private record Scalar(TensorType type, double value) {}

  @Override
  public Graph apply(Graph graph) {
    Rewriter rewriter = new Rewriter(graph);
    shareScalars(graph, rewriter);
    Map<Made, Step> firsts = new HashMap<>();
    for (Step step : graph.steps()) {
      List<@Nullable Value> operands = new ArrayList<>();
      for (Value operand : step.operands()) {
        operands.add(operand == null ? null : rewriter.copy(operand));
      }
      // Loops are told apart by their bodies, whose values are their own.
      Step first = step.op() instanceof Scan ? null : firsts.get(new Made(step.op(), operands));
      Value implied = implied(step.op(), operands, rewriter.builder());
      if (first != null) {
        for (int i = 0; i < step.outputs().size(); i++) {
          rewriter.put(step.outputs().get(i), rewriter.copy(first.outputs().get(i)));
        }
      } else if (implied != null) {
        rewriter.put(step.output(), implied);
      } else {
        rewriter.copy(step);
        firsts.put(new Made(step.op(), operands), step);
      }
    }
    return rewriter.build();
  }

  private static void shareScalars(Graph graph, Rewriter rewriter) {
    Map<Scalar, Value> firsts = new HashMap<>();
    graph
        .constants()
        .forEach(
            (value, weight) -> {
              // Texts are none, and large whole numbers not exactly.
              boolean isDouble = weight.dtype().isFloating() || weight.dtype() == DataType.INT32;
              if (weight.count() == 1 && isDouble) {
                Scalar scalar = new Scalar(weight.type(), weight.load().getDouble(0));
                Value first = firsts.computeIfAbsent(scalar, unused -> rewriter.copy(value));
                rewriter.put(value, first);
              }
            });
  }

  /** The operand of a conjunction that says the other one too. */
  private static @Nullable Value implied(
      Operation op, List<@Nullable Value> operands, GraphBuilder builder) {
    if (!isAnd(op)) {
      return null;
    }
    Value left = operands.get(0);
    Value right = operands.get(1);
    if (left == null || right == null) {
      return null;
    }
    if (holds(left, right, builder)) {
      return left;
    }
    return holds(right, left, builder) ? right : null;
  }

  /** Whether a value is another one, or a conjunction with it. */
  private static boolean holds(Value value, Value other, GraphBuilder builder) {
    return value == other
        || builder
            .producerOf(value)
            .filter(maker -> isAnd(maker.op()) && maker.operands().contains(other))
            .isPresent();
  }

  private static boolean isAnd(Operation op) {
    return op instanceof Binary binary && binary.function() == BinaryFunction.LOGICAL_AND;
  }
}
