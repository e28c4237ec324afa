/**
 * Arrays and where they are: data types, shapes with symbolic dimensions, tensors in memory and
 * weights that stay in their file until the last writer.
 *
 * <p>Everything is row-major; bytes are little-endian.
 */
@NullMarked
package io.github.weighbridge.core.tensor;

import org.jspecify.annotations.NullMarked;
