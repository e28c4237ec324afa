package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.util.List;

/** Plans the graph within a step, as the graph around it is planned. */
@FunctionalInterface
public interface BodyPlanner {

  /** A graph made ready, with memory of its own for what it computes. */
  interface Body extends Task {

    /** Where the outputs are, in the graph's order. One may be an input, or another output. */
    List<NativeArray> results();
  }

  /**
   * Prepares a graph without constants.
   *
   * @param inputs where the inputs are when it runs; it never writes there
   */
  Body plan(Graph graph, List<NativeArray> inputs);
}
