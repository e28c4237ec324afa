package io.github.weighbridge.runtime.plan;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.runtime.text.TextKernels;
import io.github.weighbridge.runtime.text.TextTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Steps on text, on the heap, one tensor after the other: their sizes may depend on elements. */
final class TextStage implements Stage {

  private record PreparedStep(Step step, TextTask task) {}

  private final Graph graph;
  private final List<PreparedStep> steps = new ArrayList<>();

  TextStage(Graph graph, List<Step> steps) {
    this.graph = graph;
    steps.forEach(step -> this.steps.add(new PreparedStep(step, TextKernels.prepare(step))));
  }

  @Override
  public void run(Map<Value, Tensor> known) {
    for (PreparedStep prepared : steps) {
      Step step = prepared.step();
      List<Tensor> operands = step.inputs().stream().map(v -> tensor(v, known)).toList();
      try {
        step.op().outputTypes(operands.stream().map(Tensor::type).toList());
      } catch (IllegalArgumentException e) {
        throw ProblemsException.of(
            ProblemCode.SHAPE_MISMATCH,
            Place.UNKNOWN.withLayer(step.name(), step.op().name()),
            "must fit together for the inputs given",
            String.valueOf(e.getMessage()),
            "",
            e);
      }
      known.put(step.output(), prepared.task().run(operands));
    }
  }

  private Tensor tensor(Value value, Map<Value, Tensor> known) {
    return graph.constants().containsKey(value)
        ? Objects.requireNonNull(graph.constants().get(value)).load()
        : Objects.requireNonNull(known.get(value), value::name);
  }

  @Override
  public void close() {}
}
