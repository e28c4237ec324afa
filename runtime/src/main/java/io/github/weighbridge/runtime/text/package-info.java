/**
 * Operations on text and tables, on the heap: {@link
 * io.github.weighbridge.runtime.text.TextKernels} computes them tensor by tensor. ND4J's own arrays
 * of strings are slow, and few of its operations take them.
 *
 * <p>Internal: not part of the public API.
 */
@NullMarked
package io.github.weighbridge.runtime.text;

import org.jspecify.annotations.NullMarked;
