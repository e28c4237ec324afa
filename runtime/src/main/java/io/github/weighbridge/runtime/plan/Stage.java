package io.github.weighbridge.runtime.plan;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.Map;

/** Steps of a program that run together, after those of the stages before. Thread-safe. */
interface Stage extends AutoCloseable {

  /** Computes what later stages and the outputs need, and puts it beside what is known. */
  void run(Map<Value, Tensor> known);

  /** Frees all memory outside the heap. */
  @Override
  void close();
}
