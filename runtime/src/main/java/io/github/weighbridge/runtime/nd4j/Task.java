package io.github.weighbridge.runtime.nd4j;

import java.util.List;

/** Work that was prepared and can be done any number of times, by one thread at a time. */
@FunctionalInterface
public interface Task extends AutoCloseable {

  /** Does the work. */
  void run();

  /** Frees what the task holds outside the heap; a second time it does nothing. */
  @Override
  default void close() {}

  /** Several tasks, one after the other. */
  static Task sequence(Task... tasks) {
    List<Task> all = List.of(tasks);
    return new Task() {
      @Override
      public void run() {
        for (Task task : all) {
          task.run();
        }
      }

      @Override
      public void close() {
        all.forEach(Task::close);
      }
    };
  }
}
