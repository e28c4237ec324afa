/**
 * Computation graphs: values, the nodes that make them, and the two kinds of node. Before lowering
 * a graph holds only {@link io.github.weighbridge.core.graph.Call}s of layers, after it only {@link
 * io.github.weighbridge.core.graph.Step}s, each one operation.
 */
@NullMarked
package io.github.weighbridge.core.graph;

import org.jspecify.annotations.NullMarked;
