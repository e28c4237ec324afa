package io.github.weighbridge.runtime.plan;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A graph of operations as stages that run one after the other. Thread-safe. */
public final class Program implements Execution {

  private final Graph graph;
  private final List<Stage> stages;
  private final ReadWriteLock life = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * The program of a graph of operations. Loads no weights yet.
   *
   * @throws io.github.weighbridge.core.problem.ProblemsException if something is done with text
   *     that cannot be
   */
  public Program(Graph graph) {
    this.graph = graph;
    this.stages = Stages.of(graph);
  }

  @Override
  public List<Tensor> run(List<Tensor> inputs) {
    life.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the session is closed");
      }
      Map<Value, Tensor> known = new HashMap<>();
      for (int i = 0; i < inputs.size(); i++) {
        Value input = graph.inputValues().get(i);
        known.put(input, inputs.get(i).cast(input.type().dtype()));
      }
      stages.forEach(stage -> stage.run(known));
      List<Tensor> outputs = new ArrayList<>();
      for (Value output : graph.outputValues()) {
        outputs.add(
            graph.constants().containsKey(output)
                ? Objects.requireNonNull(graph.constants().get(output)).load()
                : Objects.requireNonNull(known.get(output), output::name));
      }
      return outputs;
    } finally {
      life.readLock().unlock();
    }
  }

  @Override
  public void close() {
    life.writeLock().lock();
    try {
      closed = true;
      stages.forEach(Stage::close);
    } finally {
      life.writeLock().unlock();
    }
  }
}
