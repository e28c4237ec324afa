/** Arrays as numpy keeps them: {@code .npy} and {@code .npz}. */
@NullMarked
package io.github.weighbridge.formats.npy;

import org.jspecify.annotations.NullMarked;
