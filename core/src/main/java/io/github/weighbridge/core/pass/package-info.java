/**
 * Graph to graph: what makes a graph of operations smaller or fits it to a target without changing
 * what it computes. {@link io.github.weighbridge.core.pass.Passes} lists them in order.
 */
@NullMarked
package io.github.weighbridge.core.pass;

import org.jspecify.annotations.NullMarked;
