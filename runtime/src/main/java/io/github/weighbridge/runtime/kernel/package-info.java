/**
 * What executes each operation of {@link io.github.weighbridge.core.op}: one kernel per operation
 * or family, listed in {@link io.github.weighbridge.runtime.kernel.Kernels}. Where ND4J's native
 * operation is right and fast the kernel prepares a call of it, elsewhere it computes in Java over
 * direct buffers; which native operations are avoided, and why, stands at the kernel.
 *
 * <p>Types as stored: float16 and bfloat16 arrays hold float32 numbers that the plan rounds after
 * each step, every other type is stored as it is.
 *
 * <p>Internal: not part of the public API.
 */
@NullMarked
package io.github.weighbridge.runtime.kernel;

import org.jspecify.annotations.NullMarked;
