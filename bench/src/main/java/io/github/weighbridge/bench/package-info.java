/** Benchmarks of conversion and prediction. */
@NullMarked
package io.github.weighbridge.bench;

import org.jspecify.annotations.NullMarked;
