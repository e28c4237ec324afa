package io.github.weighbridge.runtime.plan;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Steps on numbers, planned for the sizes of what they are given. Threads that run it at the same
 * time use plans of their own, over the same weights.
 */
final class NumberStage implements Stage {

  /** For how many combinations of input sizes plans are kept; the least recently used go first. */
  private static final int KEPT_SHAPES = 8;

  private final Graph graph;
  private final Weights weights;

  /** Plans that nobody is using, by the types of their inputs; guarded by itself. */
  private final Map<List<TensorType>, Deque<Plan>> idle = new LinkedHashMap<>(16, 0.75f, true);

  NumberStage(Graph graph) {
    this.graph = graph;
    this.weights = new Weights(graph.constants());
  }

  @Override
  public void run(Map<Value, Tensor> known) {
    List<Tensor> inputs = new ArrayList<>();
    List<TensorType> key = new ArrayList<>();
    for (Value input : graph.inputValues()) {
      Tensor tensor = Objects.requireNonNull(known.get(input), input::name);
      inputs.add(tensor);
      key.add(tensor.type().withDtype(input.type().dtype()));
    }
    Plan plan = take(key);
    try {
      List<Tensor> outputs = plan.run(inputs);
      for (int i = 0; i < outputs.size(); i++) {
        known.put(graph.outputValues().get(i), outputs.get(i));
      }
    } finally {
      giveBack(key, plan);
    }
  }

  private Plan take(List<TensorType> key) {
    synchronized (idle) {
      Deque<Plan> plans = idle.get(key);
      if (plans != null && !plans.isEmpty()) {
        return plans.pop();
      }
    }
    return new PlanBuilder(graph, weights, key).build();
  }

  private void giveBack(List<TensorType> key, Plan plan) {
    List<Plan> surplus = new ArrayList<>();
    synchronized (idle) {
      idle.computeIfAbsent(key, k -> new ArrayDeque<>()).push(plan);
      if (idle.size() > KEPT_SHAPES) {
        List<TensorType> eldest = idle.keySet().iterator().next();
        surplus.addAll(idle.remove(eldest));
      }
    }
    surplus.forEach(Plan::close);
  }

  @Override
  public void close() {
    idle.values().forEach(plans -> plans.forEach(Plan::close));
    idle.clear();
    weights.close();
  }
}
