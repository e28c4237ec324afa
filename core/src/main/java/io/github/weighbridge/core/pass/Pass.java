package io.github.weighbridge.core.pass;

import io.github.weighbridge.core.graph.Graph;

/** Makes a graph of operations another that computes the same. Stateless. */
@FunctionalInterface
interface Pass {

  /** The graph rewritten; inputs and outputs keep order, names and types. */
  Graph apply(Graph graph);
}
