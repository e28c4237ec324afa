package io.github.weighbridge.runtime.plan;

import io.github.weighbridge.core.tensor.Tensor;
import java.util.List;

/** What runs a model. Thread-safe. */
public sealed interface Execution extends AutoCloseable permits Program, SizedPrograms {

  /**
   * Runs it.
   *
   * @param inputs in the order of the model's, of sizes that fit them; cast to the model's types
   * @throws io.github.weighbridge.core.problem.ProblemsException if sizes do not go together
   * @throws IllegalStateException if it was closed, or a step fails
   */
  List<Tensor> run(List<Tensor> inputs);

  /** Frees all memory; waits for runs in progress. */
  @Override
  void close();
}
