/**
 * From a graph of operations to something that runs: {@link
 * io.github.weighbridge.runtime.plan.Program} holds the graph and its weights, a {@link
 * io.github.weighbridge.runtime.plan.Plan} is the program for inputs of certain sizes, with one
 * block of memory for all values and every call prepared.
 *
 * <p>Internal: not part of the public API.
 */
@NullMarked
package io.github.weighbridge.runtime.plan;

import org.jspecify.annotations.NullMarked;
