/**
 * From a graph of operations to something that runs: {@link
 * io.github.weighbridge.runtime.plan.Program} holds the graph as stages, of text and of numbers in
 * turn. A stage of numbers has its weights and, for inputs of certain sizes, a {@link
 * io.github.weighbridge.runtime.plan.Plan}: one block of memory for all values and every call
 * prepared.
 *
 * <p>Internal: not part of the public API.
 */
@NullMarked
package io.github.weighbridge.runtime.plan;

import org.jspecify.annotations.NullMarked;
