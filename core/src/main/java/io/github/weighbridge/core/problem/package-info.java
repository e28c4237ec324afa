/**
 * What is wrong with an input, told all at once.
 *
 * <p>Readers, verifiers and writers collect {@link io.github.weighbridge.core.problem.Problem}s in
 * a {@link io.github.weighbridge.core.problem.Problems} collector and throw once, as a {@link
 * io.github.weighbridge.core.problem.ProblemsException} that carries every one of them.
 */
@NullMarked
package io.github.weighbridge.core.problem;

import org.jspecify.annotations.NullMarked;
