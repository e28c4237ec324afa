package io.github.weighbridge.runtime.plan;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.runtime.text.TextKernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts a graph into stages, of text and of numbers in turn: each step runs in the first stage of
 * its kind behind those that make its operands. A graph of numbers is one stage.
 */
final class Stages {

  private final Graph graph;
  private final Map<Value, Integer> levels = new HashMap<>();
  private final List<List<Step>> steps = new ArrayList<>();

  private Stages(Graph graph) {
    this.graph = graph;
  }

  static List<Stage> of(Graph graph) {
    boolean hasText =
        graph.inputValues().stream().anyMatch(v -> v.type().dtype() == DataType.STRING)
            || graph.steps().stream().anyMatch(TextKernels::takes);
    return hasText ? new Stages(graph).cut() : List.of(new NumberStage(graph));
  }

  private List<Stage> cut() {
    for (Step step : graph.steps()) {
      int level = step.inputs().stream().mapToInt(v -> levels.getOrDefault(v, 0)).max().orElse(0);
      // Text on even levels, numbers on odd ones.
      if ((level % 2 == 0) != TextKernels.takes(step)) {
        level++;
      }
      while (steps.size() <= level) {
        steps.add(new ArrayList<>());
      }
      steps.get(level).add(step);
      for (Value output : step.outputs()) {
        levels.put(output, level);
      }
    }
    List<Stage> stages = new ArrayList<>();
    for (int level = 0; level < steps.size(); level++) {
      List<Step> own = steps.get(level);
      if (!own.isEmpty()) {
        stages.add(level % 2 == 0 ? new TextStage(graph, own) : numbers(level, own));
      }
    }
    return stages;
  }

  private Stage numbers(int level, List<Step> own) {
    Set<Value> made = new LinkedHashSet<>();
    own.forEach(step -> made.addAll(step.outputs()));
    Set<Value> given = new LinkedHashSet<>();
    Map<Value, WeightRef> constants = new LinkedHashMap<>();
    for (Step step : own) {
      for (Value operand : step.inputs()) {
        if (graph.constants().containsKey(operand)) {
          constants.put(operand, graph.constants().get(operand));
        } else if (!made.contains(operand)) {
          given.add(operand);
        }
      }
    }
    Set<Value> wanted = new LinkedHashSet<>(graph.outputValues());
    for (List<Step> later : steps.subList(level + 1, steps.size())) {
      later.forEach(step -> wanted.addAll(step.inputs()));
    }
    wanted.retainAll(made);
    List<Value> outputs = List.copyOf(wanted);
    return new NumberStage(
        new Graph(
            graph.name(),
            Argument.of(List.copyOf(given)),
            constants,
            List.copyOf(own),
            Argument.of(outputs),
            outputs.stream().map(Value::name).toList()));
  }
}
