/**
 * What every operation means, in plain Java: an interpreter in double precision, by direct loops.
 * Slow and obvious on purpose; tests judge kernels and exporters by it.
 */
@NullMarked
package io.github.weighbridge.reference;

import org.jspecify.annotations.NullMarked;
