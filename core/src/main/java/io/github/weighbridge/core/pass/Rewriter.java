package io.github.weighbridge.core.pass;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies a graph step by step; a pass says which value of the copy stands for which of the old. */
final class Rewriter {

  private final Graph graph;
  private final GraphBuilder builder;
  private final Map<Value, Value> copies = new HashMap<>();
  private final Map<Value, Integer> uses = new HashMap<>();
  private final Map<Value, Step> makers = new HashMap<>();

  Rewriter(Graph graph) {
    this.graph = graph;
    this.builder = new GraphBuilder(graph.name());
    for (Value input : graph.inputValues()) {
      copies.put(input, builder.input(input.name(), input.type()));
    }
    for (Step step : graph.steps()) {
      step.inputs().forEach(v -> uses.merge(v, 1, Integer::sum));
      step.outputs().forEach(v -> makers.put(v, step));
    }
    graph.outputValues().forEach(v -> uses.merge(v, 1, Integer::sum));
  }

  GraphBuilder builder() {
    return builder;
  }

  /** The copy of a value; constants are copied when they are first asked for. */
  Value copy(Value old) {
    Value copy = copies.get(old);
    if (copy != null) {
      return copy;
    }
    WeightRef weight = graph.constants().get(old);
    if (weight == null) {
      throw new IllegalStateException("nothing makes " + old);
    }
    Value constant = builder.constant(old.name(), weight);
    copies.put(old, constant);
    return constant;
  }

  /** From now on {@code copy} stands for {@code old}. */
  void put(Value old, Value copy) {
    copies.put(old, copy);
  }

  /** Copies a step as it is. */
  void copy(Step step) {
    List<@Nullable Value> operands = new ArrayList<>();
    for (Value operand : step.operands()) {
      operands.add(operand == null ? null : copy(operand));
    }
    List<Value> outputs = builder.addAll(step.name(), step.op(), operands);
    for (int i = 0; i < outputs.size(); i++) {
      put(step.outputs().get(i), outputs.get(i));
    }
  }

  /** The constant behind a value of the old graph, if it is one. */
  Optional<WeightRef> constant(@Nullable Value old) {
    return Optional.ofNullable(old).map(graph.constants()::get);
  }

  /** How often a value of the old graph is used, as an output of the graph too. */
  int uses(Value old) {
    return uses.getOrDefault(old, 0);
  }

  /** The step of the old graph that makes a value, if one does. */
  Optional<Step> maker(Value old) {
    return Optional.ofNullable(makers.get(old));
  }

  /** The new graph, with the ends of the old one. */
  Graph build() {
    return builder.build(
        graph.inputs().mapValues(this::copy),
        graph.outputs().mapValues(this::copy),
        graph.outputNames());
  }
}
