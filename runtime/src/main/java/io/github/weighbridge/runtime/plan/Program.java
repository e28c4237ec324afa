package io.github.weighbridge.runtime.plan;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A graph of operations with its weights, and the plans made of it so far. Thread-safe: threads
 * that run the program at the same time use plans of their own, over the same weights.
 */
public final class Program implements AutoCloseable {

  /** For how many combinations of input sizes plans are kept; the least recently used go first. */
  private static final int KEPT_SHAPES = 8;

  private final Graph graph;
  private final Weights weights;
  private final ReadWriteLock life = new ReentrantReadWriteLock();
  private boolean closed;

  /** Plans that nobody is using, by the types of their inputs; guarded by itself. */
  private final Map<List<TensorType>, Deque<Plan>> idle = new LinkedHashMap<>(16, 0.75f, true);

  /** The program of a graph of operations. Loads nothing yet. */
  public Program(Graph graph) {
    this.graph = graph;
    this.weights = new Weights(graph.constants());
  }

  /**
   * Runs the program.
   *
   * @param inputs in the order of the graph's, of sizes that fit them; cast to the graph's types
   * @throws io.github.weighbridge.core.problem.ProblemsException if sizes do not go together
   * @throws IllegalStateException if the program was closed, or a step fails
   */
  public List<Tensor> run(List<Tensor> inputs) {
    life.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the session is closed");
      }
      List<TensorType> key = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        key.add(inputs.get(i).type().withDtype(graph.inputValues().get(i).type().dtype()));
      }
      Plan plan = take(key);
      try {
        return plan.run(inputs);
      } finally {
        giveBack(key, plan);
      }
    } finally {
      life.readLock().unlock();
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

  /** Frees all memory; waits for runs in progress. */
  @Override
  public void close() {
    life.writeLock().lock();
    try {
      closed = true;
      idle.values().forEach(plans -> plans.forEach(Plan::close));
      idle.clear();
      weights.close();
    } finally {
      life.writeLock().unlock();
    }
  }
}
