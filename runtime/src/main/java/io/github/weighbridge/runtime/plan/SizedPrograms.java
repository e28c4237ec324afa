package io.github.weighbridge.runtime.plan;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * A program for each combination of input sizes, where operations depend on them. Threads that run
 * at the same time have programs, and weights, of their own.
 */
public final class SizedPrograms implements Execution {

  /** For how many combinations of sizes programs are kept; the least recently used go first. */
  private static final int KEPT_SHAPES = 4;

  private final Function<List<Shape>, Graph> operations;
  private final ReadWriteLock life = new ReentrantReadWriteLock();
  private boolean closed;

  /** Programs that nobody is using; guarded by itself. */
  private final Map<List<Shape>, Deque<Program>> idle = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Programs that are made when they are needed.
   *
   * @param operations the graph of operations for inputs of known shapes, in their order
   */
  public SizedPrograms(Function<List<Shape>, Graph> operations) {
    this.operations = operations;
  }

  @Override
  public List<Tensor> run(List<Tensor> inputs) {
    life.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the session is closed");
      }
      List<Shape> shapes = inputs.stream().map(tensor -> Shape.of(tensor.sizes())).toList();
      Program program = take(shapes);
      try {
        return program.run(inputs);
      } finally {
        giveBack(shapes, program);
      }
    } finally {
      life.readLock().unlock();
    }
  }

  private Program take(List<Shape> shapes) {
    synchronized (idle) {
      Deque<Program> programs = idle.get(shapes);
      if (programs != null && !programs.isEmpty()) {
        return programs.pop();
      }
    }
    return new Program(operations.apply(shapes));
  }

  private void giveBack(List<Shape> shapes, Program program) {
    List<Program> surplus = new ArrayList<>();
    synchronized (idle) {
      idle.computeIfAbsent(shapes, k -> new ArrayDeque<>()).push(program);
      if (idle.size() > KEPT_SHAPES) {
        List<Shape> eldest = idle.keySet().iterator().next();
        surplus.addAll(idle.remove(eldest));
      }
    }
    surplus.forEach(Program::close);
  }

  @Override
  public void close() {
    life.writeLock().lock();
    try {
      closed = true;
      idle.values().forEach(programs -> programs.forEach(Program::close));
      idle.clear();
    } finally {
      life.writeLock().unlock();
    }
  }
}
